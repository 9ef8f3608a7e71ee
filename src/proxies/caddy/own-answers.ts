import { NO_HEADERS, NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  410: "Gone",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** Answers that Caddy gives by itself; an error has no body (caddyhttp/server.go, 2.6.2). */
export class OwnAnswers {
  private readonly pages: string[] = [""];
  private readonly heads = new Map<string, ResponseHead>();

  page(id: number): string {
    return this.pages[id] ?? "";
  }

  pageOf(body: string): number {
    const known = this.pages.indexOf(body);
    return known >= 0 ? known : this.pages.push(body) - 1;
  }

  head(status: number, location: string | null): ResponseHead {
    const key = `${status} ${location ?? ""}`;
    let head = this.heads.get(key);
    if (head === undefined) {
      head = {
        status,
        reason: REASONS[status] ?? "",
        setCookies: NO_TEXTS,
        location: location === null ? null : new Text(location),
        headers: NO_HEADERS,
        keepAlive: true,
      };
      this.heads.set(key, head);
    }
    return head;
  }
}
