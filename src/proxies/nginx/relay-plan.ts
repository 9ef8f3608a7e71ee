import { type Header, NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import { absoluteUrl } from "./absolute-url.ts";
import type { CookieRewrite, LocationConfig } from "./config/location-config.ts";
import type { Exchange } from "./exchange.ts";
import type { SharedTexts } from "./shared-texts.ts";
import { regexOf, type Variables } from "./variables.ts";

/** Statuses that add_header adds to without `always`. */
const ADDED_TO = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** How a location passes answers on (ngx_http_upstream_process_headers and ngx_http_proxy_rewrite_*). */
export class RelayPlan {
  private readonly location: LocationConfig;
  private readonly variables: Variables;
  private readonly texts: SharedTexts;
  private readonly hidden: ReadonlySet<string>;
  private readonly isPlain: boolean;
  /** Heads that were passed on before: the same answer becomes the same answer. */
  private readonly relayed = new WeakMap<ResponseHead, ResponseHead>();

  constructor(location: LocationConfig, variables: Variables, texts: SharedTexts) {
    const { settings } = location;
    this.location = location;
    this.variables = variables;
    this.texts = texts;
    this.hidden = new Set(settings.hiddenHeaders);
    this.isPlain =
      settings.addHeaders.length === 0 &&
      settings.cookieDomains.length === 0 &&
      settings.cookiePaths.length === 0 &&
      settings.cookieFlags.length === 0 &&
      settings.redirects.every(({ kind }) => kind === "default");
  }

  /** @param cookie of the proxy itself, "" = none */
  head(exchange: Exchange, head: ResponseHead, cookie: string): ResponseHead {
    // What a redirect becomes depends on the request.
    if (this.isPlain && cookie === "" && head.location === null) {
      let out = this.relayed.get(head);
      if (out === undefined) {
        out = this.made(exchange, head, "");
        this.relayed.set(head, out);
      }
      return out;
    }
    return this.made(exchange, head, cookie);
  }

  /** Headers of add_header for an answer that nginx makes itself. */
  added(exchange: Exchange, status: number): readonly Header[] {
    return this.location.settings.addHeaders.flatMap(({ name, value, always }) => {
      if (!always && !ADDED_TO.has(status)) return [];
      const text = this.variables.expand(value, exchange);
      return text === "" ? [] : [{ name, value: text }];
    });
  }

  private made(exchange: Exchange, head: ResponseHead, cookie: string): ResponseHead {
    const kept = head.headers.filter(({ name }) => !this.hidden.has(name.toLowerCase()));
    const added = this.added(exchange, head.status);
    const isSetCookie = ({ name }: Header): boolean => name.toLowerCase() === "set-cookie";
    const cookies = this.hidden.has("set-cookie") ? [] : head.setCookies.map((text) => this.cookie(exchange, text));
    const own = [...(cookie === "" ? [] : [cookie]), ...added.filter(isSetCookie).map(({ value }) => value)];
    const location = head.location === null ? null : this.redirect(exchange, head.location);
    const setCookies = [...cookies, ...own.map((text) => this.texts.of(text))];
    const isSame =
      kept.length === head.headers.length &&
      added.length === 0 &&
      location === head.location &&
      own.length === 0 &&
      cookies.every((text, i) => text === head.setCookies[i]);
    return isSame
      ? head
      : {
          ...head,
          headers: [...kept, ...added.filter((header) => !isSetCookie(header))],
          setCookies: setCookies.length === 0 ? NO_TEXTS : setCookies,
          location,
        };
  }

  /** proxy_redirect: the first rule that fits. */
  private redirect(exchange: Exchange, location: Text): Text {
    const { proxyPass, match, settings } = this.location;
    for (const rule of settings.redirects) {
      if (rule.kind === "default") {
        if (proxyPass?.kind !== "upstream") continue;
        // Without a URI in proxy_pass: its address with a slash becomes "/" (ngx_http_proxy_merge_loc_conf).
        const from = `${proxyPass.scheme}://${proxyPass.host}${proxyPass.uri ?? "/"}`;
        const to = proxyPass.uri !== null && "uri" in match ? match.uri : "/";
        if (!location.text.startsWith(from)) continue;
        return this.absolute(exchange, `${to}${location.text.slice(from.length)}`);
      }
      if (rule.kind === "prefix") {
        const from = this.variables.expand(rule.from, exchange);
        if (!location.text.startsWith(from)) continue;
        return this.absolute(
          exchange,
          `${this.variables.expand(rule.to, exchange)}${location.text.slice(from.length)}`,
        );
      }
      const found = regexOf(rule.regex).exec(location.text);
      if (found === null) continue;
      exchange.captures = found;
      return this.absolute(exchange, this.variables.expand(rule.to, exchange));
    }
    return location;
  }

  /** Only what proxy_redirect has changed is completed (ngx_http_upstream_rewrite_location). */
  private absolute(exchange: Exchange, target: string): Text {
    return this.texts.of(absoluteUrl(this.variables, exchange, target));
  }

  private cookie(exchange: Exchange, cookie: Text): Text {
    const { cookieDomains, cookiePaths, cookieFlags } = this.location.settings;
    let { text } = cookie;
    if (cookieDomains.length > 0) text = this.attribute(exchange, text, "domain", cookieDomains);
    if (cookiePaths.length > 0) text = this.attribute(exchange, text, "path", cookiePaths);
    const name = (text.split("=")[0] ?? "").trim();
    const rule = cookieFlags.find(({ cookie: which }) =>
      "regex" in which
        ? regexOf(which.regex).test(name)
        : this.variables.expand(which.name, exchange).toLowerCase() === name.toLowerCase(),
    );
    for (const flag of rule?.flags ?? []) text = flagged(text, flag);
    return text === cookie.text ? cookie : this.texts.of(text);
  }

  private attribute(exchange: Exchange, text: string, name: string, rules: readonly CookieRewrite[]): string {
    const found = new RegExp(`(;\\s*${name}=)([^;]*)`, "i").exec(text);
    if (found === null) return text;
    const value = found[2] as string;
    for (const rule of rules) {
      const to = this.rewritten(exchange, name, value, rule);
      if (to !== null) return text.replace(found[0], `${found[1]}${to}`);
    }
    return text;
  }

  private rewritten(exchange: Exchange, name: string, value: string, rule: CookieRewrite): string | null {
    if (rule.kind === "regex") {
      const found = regexOf(rule.regex).exec(value);
      if (found === null) return null;
      exchange.captures = found;
      return this.variables.expand(rule.to, exchange);
    }
    const from = this.variables.expand(rule.from, exchange);
    const to = this.variables.expand(rule.to, exchange);
    if (name === "path") return value.startsWith(from) ? `${to}${value.slice(from.length)}` : null;
    // The dot before a cookie's domain stays, those of the rule don't count (ngx_http_proxy_rewrite_domain_handler).
    const dot = value.startsWith(".") ? "." : "";
    const isDomain = value.slice(dot.length).toLowerCase() === from.replace(/^\./, "").toLowerCase();
    return isDomain ? `${dot}${to.replace(/^\./, "")}` : null;
  }
}

/** How nginx spells the attributes that it adds (ngx_http_proxy_edit_cookie_flags). */
const SPELLING: Readonly<Record<string, string>> = {
  secure: "Secure",
  httponly: "HttpOnly",
  "samesite=strict": "SameSite=Strict",
  "samesite=lax": "SameSite=Lax",
  "samesite=none": "SameSite=None",
};

/** What a cookie has already stays where it is and as it is written (ngx_http_proxy_edit_cookie_flags). */
function flagged(text: string, flag: string): string {
  const lower = flag.toLowerCase().replace(/^no/, "");
  const wanted = SPELLING[lower] ?? lower;
  const attribute = lower.startsWith("samesite") ? "samesite" : lower;
  const there = new RegExp(`;\\s*${attribute}(=[^;]*)?(?=;|$)`, "i");
  if (flag.toLowerCase().startsWith("no")) return text.replace(there, "");
  if (!there.test(text)) return `${text}; ${wanted}`;
  const isAsWanted = there.exec(text)?.[0].toLowerCase().replace(/^;\s*/, "") === lower;
  return attribute === "samesite" && !isAsWanted ? text.replace(there, `; ${wanted}`) : text;
}
