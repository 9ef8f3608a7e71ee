import { type ForwardedRequest, type Header, NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const NO_TEXT = new Text("");

/** A request as the upstream sees it; the record of a request slot. The list of headers is made when somebody asks. */
export class ForwardRecord implements ForwardedRequest {
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  bodyBytes = 0;
  upgrade: string | null = null;
  readonly expectContinue = false;
  headBytes = 0;
  own: readonly Header[] = NO_HEADERS;
  forwardedFor = "";
  forwardedHost = "";
  /** True when the peer may say for whom it asks (trusted_proxies). */
  trusted = false;
  private built: readonly Header[] | null = null;

  get headers(): readonly Header[] {
    this.built ??= this.build();
    return this.built;
  }

  /** Counts the head anew, after all fields were set; good enough for traffic figures, no rule of Caddy reads it. */
  measure(): void {
    this.built = null;
    let bytes = this.method.length + this.target.length + this.host.length + 64 + this.forwardedFor.length;
    for (const { name, value } of this.own) bytes += name.length + value.length + 4;
    if (this.cookie !== null) bytes += this.cookie.length + 10;
    this.headBytes = bytes;
  }

  /** X-Forwarded-For, -Proto and -Host (reverseproxy.go, addForwardedHeaders, Caddy 2.6.2). */
  private build(): readonly Header[] {
    const before = (name: string): string | null =>
      this.trusted ? (this.own.find((header) => header.name.toLowerCase() === name)?.value ?? null) : null;
    const rest = this.own.filter(({ name }) => !/^x-forwarded-(for|proto|host)$/i.test(name));
    const prior = before("x-forwarded-for");
    return [
      ...rest,
      { name: "X-Forwarded-For", value: prior === null ? this.forwardedFor : `${prior}, ${this.forwardedFor}` },
      { name: "X-Forwarded-Proto", value: before("x-forwarded-proto") ?? "http" },
      { name: "X-Forwarded-Host", value: before("x-forwarded-host") ?? this.forwardedHost },
    ];
  }
}
