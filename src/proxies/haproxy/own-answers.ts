import { type Header, NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { ErrorPage } from "./config/haproxy-config.ts";

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Time-out",
  410: "Gone",
  413: "Payload Too Large",
  425: "Too Early",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Time-out",
};

const SENTENCES: Readonly<Record<number, string>> = {
  200: "Service ready.",
  400: "Your browser sent an invalid request.",
  401: "You need a valid user and password to access this content.",
  403: "Request forbidden by administrative rules.",
  404: "The resource could not be found.",
  408: "Your browser didn't send a complete request in time.",
  500: "An internal server error occurred.",
  502: "The server returned an invalid or incomplete response.",
  503: "No server is available to handle this request.",
  504: "The server didn't respond in time.",
};

const HTML: readonly Header[] = [
  { name: "cache-control", value: "no-cache" },
  { name: "content-type", value: "text/html" },
];

/** Answers that HAProxy gives by itself (src/http.c, http_err_msgs, 2.6.12). */
export class OwnAnswers {
  private readonly pages: string[] = [""];
  private readonly pageIds = new Map<string, number>([["", 0]]);
  private readonly heads = new Map<string, ResponseHead>();

  page(id: number): string {
    return this.pages[id] ?? "";
  }

  pageOf(body: string): number {
    let id = this.pageIds.get(body);
    if (id === undefined) {
      id = this.pages.push(body) - 1;
      this.pageIds.set(body, id);
    }
    return id;
  }

  /** The page of an error status; `custom` = the user's own. */
  error(status: number, custom: ErrorPage | null): { readonly head: ResponseHead; readonly page: number } {
    if (custom?.location != null)
      return { head: this.head(custom.location.code, [], custom.location.url), page: this.pageOf("") };
    if (custom?.text != null) return this.raw(status, custom.text);
    const reason = REASONS[status] ?? "";
    const page = `<html><body><h1>${status} ${reason}</h1>\n${SENTENCES[status] ?? ""}\n</body></html>\n`;
    return { head: this.head(status, HTML, null), page: this.pageOf(page) };
  }

  /** An `errorfile` is a whole HTTP answer. */
  private raw(status: number, text: string): { readonly head: ResponseHead; readonly page: number } {
    const [top = "", ...rest] = text.split(/\r?\n\r?\n/);
    const [line = "", ...lines] = top.split(/\r?\n/);
    const headers = lines.map((each) => {
      const colon = each.indexOf(":");
      return { name: each.slice(0, colon), value: each.slice(colon + 1).trim() };
    });
    const written = Number(/^HTTP\/\S+ (\d{3})/.exec(line)?.[1] ?? status);
    return { head: this.head(written, headers, null), page: this.pageOf(rest.join("\n\n")) };
  }

  head(status: number, headers: readonly Header[], location: string | null): ResponseHead {
    const key = `${status} ${location ?? ""} ${headers.map(({ name, value }) => `${name}:${value}`).join()}`;
    let head = this.heads.get(key);
    if (head === undefined) {
      const cookies = headers.filter(({ name }) => name.toLowerCase() === "set-cookie");
      head = {
        status,
        reason: REASONS[status] ?? "",
        setCookies: cookies.length === 0 ? NO_TEXTS : cookies.map(({ value }) => new Text(value)),
        location: location === null ? null : new Text(location),
        headers: headers.filter((header) => !cookies.includes(header)),
        keepAlive: true,
      };
      this.heads.set(key, head);
    }
    return head;
  }
}
