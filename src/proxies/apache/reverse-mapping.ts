import type { ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { Balancer } from "./balancer.ts";
import type { ServerConfig } from "./config/apache-config.ts";

/** A Set-Cookie or Location text as clients of one server see it; kept with the text. */
class RewrittenMemo {
  readonly byServer: ({ host: Text; text: Text } | undefined)[] = [];
}

function memoOf(text: Text): RewrittenMemo {
  if (!(text.proxyMemo instanceof RewrittenMemo)) text.proxyMemo = new RewrittenMemo();
  return text.proxyMemo as RewrittenMemo;
}

function startsWithIgnoringCase(text: string, prefix: string): boolean {
  return text.length >= prefix.length && text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

function isLink(name: string): boolean {
  const { length } = name;
  return (length === 16 || length === 8 || length === 3) && /^(content-location|location|uri)$/i.test(name);
}

function hasLink(head: ResponseHead): boolean {
  if (head.location !== null) return true;
  for (const header of head.headers) if (isLink(header.name)) return true;
  return false;
}

/**
 * ProxyPassReverse, ProxyPassReverseCookiePath and …Domain for one server (spec/apache.md 11; httpd:
 * ap_proxy_location_reverse_map and ap_proxy_cookie_reverse_map of proxy_util.c). A rule for a balancer holds for the
 * URL of every member.
 */
export class ReverseMapping {
  private readonly server: ServerConfig;
  private readonly index: number;
  private readonly origin: string;
  /** The last head in which there was nothing to rewrite: members tend to give the same one again. */
  private untouched: ResponseHead | null = null;
  private readonly rules: readonly {
    readonly prefixes: readonly string[];
    readonly path: string;
    readonly rest: string;
  }[];

  /** @param scheme "http" or "https", as clients reach the server */
  constructor(server: ServerConfig, index: number, scheme: string, balancers: ReadonlyMap<string, Balancer>) {
    this.server = server;
    this.index = index;
    this.origin = `${scheme}://`;
    this.rules = server.reverse.map(({ path, url }) => {
      const named = /^balancer:\/\/([^/]*)(\/.*)?$/i.exec(url);
      const balancer =
        named === null ? undefined : balancers.get(server.balancers[(named[1] as string).toLowerCase()] ?? "");
      if (named === null || balancer === undefined) return { prefixes: [url], path, rest: "" };
      const rest = named[2] === undefined || named[2] === "/" ? "" : named[2];
      const urls = balancer.members.map((member) => (rest === "" ? member.url : member.url.replace(/\/$/, "")));
      return { prefixes: urls, path, rest };
    });
  }

  /** The head as the client sees it: the very object when nothing is to be rewritten. */
  apply(head: ResponseHead, host: Text): ResponseHead {
    if (head === this.untouched) return head;
    const rewritesLinks = this.rules.length > 0 && hasLink(head);
    const rewritesCookies = this.server.cookieRewrites.length > 0 && head.setCookies.length > 0;
    if (!rewritesLinks && !rewritesCookies) {
      this.untouched = head;
      return head;
    }
    return {
      status: head.status,
      reason: head.reason,
      keepAlive: head.keepAlive,
      location:
        head.location === null ? null : this.remembered(head.location, host, (text) => this.location(text, host)),
      setCookies: head.setCookies.map((cookie) => this.remembered(cookie, host, (text) => this.cookie(text))),
      headers: head.headers.map((header) =>
        isLink(header.name) ? { name: header.name, value: this.location(header.value, host) } : header,
      ),
    };
  }

  private remembered(text: Text, host: Text, rewrite: (text: string) => string): Text {
    const memo = memoOf(text);
    const known = memo.byServer[this.index];
    if (known !== undefined && known.host === host) return known.text;
    const after = rewrite(text.text);
    const rewritten = after === text.text ? text : new Text(after);
    memo.byServer[this.index] = { host, text: rewritten };
    return rewritten;
  }

  /** A Location (or other link) of a backend as the client may follow it. */
  location(url: string, host: Text): string {
    for (const { prefixes, path, rest } of this.rules) {
      for (const prefix of prefixes) {
        if (prefix === "") continue;
        const part = prefix.startsWith("/") ? url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*(?=\/)/i, "") : url;
        if (!startsWithIgnoringCase(part, prefix)) continue;
        const tail = part.slice(prefix.length);
        if (!tail.startsWith(rest)) continue;
        const after = tail.slice(rest.length);
        const local = path === "/" && rest === "" && after.startsWith("/") ? after : path + after;
        return /^[a-z][a-z0-9+.-]*:\/\//i.test(local) ? local : this.origin + host.text + local;
      }
    }
    return url;
  }

  /** A Set-Cookie line with path and domain as the client must see them. */
  cookie(line: string): string {
    return line
      .split(";")
      .map((part) => {
        const found = /^(\s*)(path|domain)=(.*)$/is.exec(part);
        if (found === null) return part;
        const [, blanks, name, value] = found as unknown as [string, string, string, string];
        const attribute = name.toLowerCase();
        const rule = this.server.cookieRewrites.find(
          ({ attribute: of, from }) =>
            of === attribute && (of === "path" ? value.startsWith(from) : startsWithIgnoringCase(value, from)),
        );
        return rule === undefined ? part : `${blanks}${name}=${rule.to}`;
      })
      .join(";");
  }
}
