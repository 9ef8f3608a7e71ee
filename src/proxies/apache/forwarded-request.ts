import { type ForwardedRequest, type Header, NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const NO_TEXT = new Text("");

const REQUEST_LINE_REST = " ".length + " HTTP/1.1\r\n".length;
const HEADER_REST = ": ".length + "\r\n".length;
/** The three X-Forwarded headers without their values. */
const FORWARDED_REST =
  "x-forwarded-for".length + "x-forwarded-host".length + "x-forwarded-server".length + 3 * HEADER_REST;

function headerValue(headers: readonly Header[], name: string): string | null {
  for (const header of headers) {
    if (header.name.length === name.length && header.name.toLowerCase() === name) return header.value;
  }
  return null;
}

function headersLength(headers: readonly Header[]): number {
  let bytes = 0;
  for (const { name, value } of headers) bytes += name.length + value.length + HEADER_REST;
  return bytes;
}

function decimalDigits(value: number): number {
  let digits = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
  return digits;
}

/**
 * A request as the backend sees it. The record of a request slot, filled anew for each attempt; the list of headers is made
 * only when somebody asks for it, their length always (it counts as traffic).
 */
export class ForwardRecord implements ForwardedRequest {
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  bodyBytes = 0;
  upgrade: string | null = null;
  expectContinue = false;
  headBytes = 0;
  /** Request headers of the client after RequestHeader. */
  own: readonly Header[] = NO_HEADERS;
  forwardedFor = "";
  forwardedHost = "";
  /** Null when ProxyAddHeaders is Off. */
  forwardedServer: string | null = null;
  maxForwards: number | null = null;
  expects = false;
  /** The proxy will close the connection after the answer. */
  closes = false;
  chunked = false;
  private built: readonly Header[] | null = null;

  /** Headers that the proxy passes on or adds. */
  get headers(): readonly Header[] {
    this.built ??= this.build();
    return this.built;
  }

  get connection(): string {
    if (this.upgrade !== null) return "Upgrade";
    return this.closes ? "close" : "Keep-Alive";
  }

  /** Counts the head anew, after all fields were set (httpd: ap_proxy_create_hdrbrgd). */
  measure(): void {
    this.built = null;
    let bytes = this.method.length + this.target.length + REQUEST_LINE_REST + 4 + HEADER_REST + this.host.length + 2;
    if (this.own.length > 0) bytes += headersLength(this.own);
    if (this.cookie !== null) bytes += 6 + HEADER_REST + this.cookie.length;
    if (this.forwardedServer !== null) bytes += this.forwardedLength(this.forwardedServer);
    if (this.maxForwards !== null) bytes += 12 + HEADER_REST + decimalDigits(this.maxForwards);
    if (this.expects) bytes += "Expect: 100-Continue\r\n".length;
    if (this.upgrade !== null) bytes += 7 + HEADER_REST + this.upgrade.length + "Connection: Upgrade\r\n".length;
    else bytes += this.closes ? "Connection: close\r\n".length : "Connection: Keep-Alive\r\n".length;
    if (this.chunked) bytes += "Transfer-Encoding: chunked\r\n".length;
    else if (this.bodyBytes > 0 || this.method === "POST" || this.method === "PUT") {
      bytes += 14 + HEADER_REST + decimalDigits(this.bodyBytes);
    }
    this.headBytes = bytes;
  }

  private forwardedLength(server: string): number {
    const values = this.forwardedFor.length + this.forwardedHost.length + server.length;
    if (this.own.length === 0) return FORWARDED_REST + values;
    return (
      values +
      this.addedRest("x-forwarded-for") +
      this.addedRest("x-forwarded-host") +
      this.addedRest("x-forwarded-server")
    );
  }

  /** A value is appended to a header that the client sent already, else it is a line of its own. */
  private addedRest(name: string): number {
    return headerValue(this.own, name) === null ? name.length + HEADER_REST : ", ".length;
  }

  private build(): readonly Header[] {
    const lines: Header[] = [...this.own];
    const merge = (name: string, value: string): void => {
      const lower = name.toLowerCase();
      const at = lines.findIndex((line) => line.name.toLowerCase() === lower);
      if (at < 0) lines.push({ name, value });
      else lines[at] = { name: (lines[at] as Header).name, value: `${(lines[at] as Header).value}, ${value}` };
    };
    if (this.expects) lines.push({ name: "Expect", value: "100-Continue" });
    if (this.forwardedServer !== null) {
      merge("X-Forwarded-For", this.forwardedFor);
      merge("X-Forwarded-Host", this.forwardedHost);
      merge("X-Forwarded-Server", this.forwardedServer);
    }
    if (this.maxForwards !== null) lines.push({ name: "Max-Forwards", value: String(this.maxForwards) });
    return lines;
  }
}
