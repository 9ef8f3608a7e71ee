import { NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const REASONS: Readonly<Record<number, string>> = {
  100: "Continue",
  101: "Switching Protocols",
  102: "Processing",
  103: "Early Hints",
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  206: "Partial Content",
  300: "Multiple Choices",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  407: "Proxy Authentication Required",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  411: "Length Required",
  412: "Precondition Failed",
  413: "Request Entity Too Large",
  414: "Request-URI Too Long",
  415: "Unsupported Media Type",
  416: "Requested Range Not Satisfiable",
  417: "Expectation Failed",
  418: "I'm A Teapot",
  421: "Misdirected Request",
  422: "Unprocessable Entity",
  423: "Locked",
  424: "Failed Dependency",
  425: "Too Early",
  426: "Upgrade Required",
  428: "Precondition Required",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  451: "Unavailable For Legal Reasons",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  505: "HTTP Version Not Supported",
  506: "Variant Also Negotiates",
  507: "Insufficient Storage",
  508: "Loop Detected",
  510: "Not Extended",
  511: "Network Authentication Required",
};

/** httpd's reason phrase of a status; "" for one that it does not know. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? "";
}

/** Statuses that httpd 2.4.71 takes in ErrorDocument and flag R (ap_index_of_response), as ranges. */
const KNOWN_STATUSES: readonly (readonly [number, number])[] = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 417],
  [421, 424],
  [426, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

/** Whether httpd knows a status. */
export function isKnownStatus(status: number): boolean {
  return KNOWN_STATUSES.some(([from, to]) => status >= from && status <= to);
}

/** Title and heading when mod_proxy itself reports the failure. */
export const PROXY_ERROR = "Proxy Error";

const DOCTYPE = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">';

const BODIES: Readonly<Record<number, string>> = {
  400: "<p>Your browser sent a request that this server could not understand.<br />\n</p>\n",
  403: "<p>You don't have permission to access this resource.</p>\n",
  404: "<p>The requested URL was not found on this server.</p>\n",
  408: "<p>Server timeout waiting for the HTTP request from the client.</p>\n",
  410:
    "<p>The requested resource is no longer available on this server and there is no forwarding address.\n" +
    "Please remove all references to this resource.</p>\n",
  429: "<p>The user has sent too many requests\nin a given amount of time.</p>\n",
  502: "<p>The proxy server received an invalid\r\nresponse from an upstream server.<br />\r\n</p>\n",
  503:
    "<p>The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\n" +
    "problems. Please try again later.</p>\n",
  504: "<p>The gateway did not receive a timely response\nfrom the upstream server or application.</p>\n",
};

const INTERNAL =
  "<p>The server encountered an internal error or\nmisconfiguration and was unable to complete\nyour request.</p>\n" +
  "<p>Please contact the server administrator at \n [no address given] to inform them of the time this error occurred,\n" +
  " and the actions you performed just before this error.</p>\n" +
  "<p>More information about this error may be available\nin the server error log.</p>\n";

/**
 * httpd's standard page of a status (ap_send_error_response of http_protocol.c, 2.4.71), as recorded.
 * @param title heading, usually the reason phrase, or PROXY_ERROR
 * @param note why, in mod_proxy's words; null when the page gives no reason
 */
export function errorPage(status: number, title: string, note: string | null): string {
  const why =
    note === null ? null : `The proxy server could not handle the request<p>Reason: <strong>${note}</strong></p>`;
  let body = BODIES[status] ?? INTERNAL;
  if (why !== null && status === 502) body = `${(BODIES[502] as string).slice(0, -"</p>\n".length)}${why}</p>\n`;
  else if (why !== null && status === 500) body = `${why}<p />\n`;
  return (
    `${DOCTYPE}\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n` +
    `${body}</body></html>\n`
  );
}

function redirectPage(status: number, location: string): string {
  const title = reasonOf(status);
  const moved =
    status === 303 ? "The answer to your request is located" : status === 304 ? "" : "The document has moved";
  return (
    `${DOCTYPE}\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n` +
    `<p>${moved} <a href="${escapeHtml(location)}">here</a>.</p>\n</body></html>\n`
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? "&quot;");
}

/** An answer of the proxy's own: its head and the id of its page. */
export interface OwnAnswer {
  readonly head: ResponseHead;
  readonly page: number;
}

/** The pages that the proxy answers with, each distinct text once, and the heads that go with them. */
export class OwnPages {
  private readonly texts: string[] = [];
  private readonly answers = new Map<string, OwnAnswer>();

  page(id: number): string {
    return this.texts[id] ?? "";
  }

  /** Standard page of an error. */
  error(status: number, title: string = reasonOf(status), note: string | null = null): OwnAnswer {
    const key = `${status} ${title} ${note ?? ""}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    return this.keep(key, status, title, "text/html; charset=iso-8859-1", errorPage(status, title, note));
  }

  /** A file or page that the server itself has. */
  content(text: string, type: string): OwnAnswer {
    const key = `content ${type} ${text}`;
    return this.answers.get(key) ?? this.keep(key, 200, reasonOf(200), type, text);
  }

  /** A text in place of httpd's page of a status. */
  custom(status: number, text: string, type: string): OwnAnswer {
    const key = `custom ${status} ${type} ${text}`;
    return this.answers.get(key) ?? this.keep(key, status, reasonOf(status), type, text);
  }

  /** The page that sends a client elsewhere. */
  redirect(status: number, location: string): OwnAnswer {
    const key = `redirect ${status} ${location}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const title = reasonOf(status);
    const answer = this.keep(key, status, title, "text/html; charset=iso-8859-1", redirectPage(status, location));
    const moved = { ...answer, head: { ...answer.head, location: new Text(location) } };
    this.answers.set(key, moved);
    return moved;
  }

  private keep(key: string, status: number, reason: string, type: string, text: string): OwnAnswer {
    const head: ResponseHead = {
      status,
      reason,
      setCookies: NO_TEXTS,
      location: null,
      headers: [{ name: "Content-Type", value: type }],
      keepAlive: true,
    };
    const answer = { head, page: this.texts.push(text) - 1 };
    this.answers.set(key, answer);
    return answer;
  }
}
