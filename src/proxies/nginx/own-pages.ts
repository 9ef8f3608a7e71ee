import { NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

/** nginx's status lines (ngx_http_header_filter_module.c and ngx_http_special_response.c, 1.22.1). */
const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  206: "Partial Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Authorization Required",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Not Allowed",
  406: "Not Acceptable",
  408: "Request Time-out",
  409: "Conflict",
  410: "Gone",
  411: "Length Required",
  412: "Precondition Failed",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  415: "Unsupported Media Type",
  416: "Requested Range Not Satisfiable",
  421: "Misdirected Request",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
  505: "HTTP Version Not Supported",
  507: "Insufficient Storage",
};

/** The built-in pages have a page only for these; others are sent without a body. */
const HAS_PAGE = new Set([
  301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 421, 429,
  500, 501, 502, 503, 504, 505, 507,
]);

export function reasonOf(status: number): string {
  return REASONS[status] ?? "";
}

/** Texts that nginx itself answers with, by page id. */
export class OwnPages {
  private readonly texts: string[] = [];
  private readonly heads = new Map<string, ResponseHead>();

  page(id: number): string {
    return this.texts[id] ?? "";
  }

  /** The built-in page of a status. The recorded servers ran with `server_tokens off`: no version in it. */
  special(status: number): number {
    if (!HAS_PAGE.has(status)) return this.text("");
    const title = `${status} ${reasonOf(status)}`;
    return this.text(
      `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    );
  }

  text(text: string): number {
    const known = this.texts.indexOf(text);
    return known >= 0 ? known : this.texts.push(text) - 1;
  }

  head(status: number, location: string | null = null): ResponseHead {
    const key = `${status} ${location ?? ""}`;
    let head = this.heads.get(key);
    if (head === undefined) {
      head = {
        status,
        reason: reasonOf(status),
        setCookies: NO_TEXTS,
        location: location === null ? null : new Text(location),
        headers: [],
        keepAlive: true,
      };
      this.heads.set(key, head);
    }
    return head;
  }
}
