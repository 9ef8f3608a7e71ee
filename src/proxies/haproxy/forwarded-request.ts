import { type ForwardedRequest, type Header, NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const NO_TEXT = new Text("");

/** A request as the server sees it; the record of a request slot. */
export class ForwardRecord implements ForwardedRequest {
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  headers: readonly Header[] = NO_HEADERS;
  bodyBytes = 0;
  upgrade: string | null = null;
  readonly expectContinue = false;
  headBytes = 0;

  /** Counts the head anew, after all fields were set; for traffic figures, no rule of HAProxy reads it. */
  measure(): void {
    let bytes = this.method.length + this.target.length + this.host.length + 24;
    for (const { name, value } of this.headers) bytes += name.length + value.length + 4;
    if (this.cookie !== null) bytes += this.cookie.length + 10;
    this.headBytes = bytes;
  }
}
