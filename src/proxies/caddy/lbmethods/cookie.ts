import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { Text } from "../../../contract/text.ts";
import { hmacSha256Hex } from "../../shared/hmac-sha256.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import type { UpstreamPool } from "../upstream-pool.ts";
import { selectRandom } from "./random.ts";
import { NO_SCORES, type PolicyKind, type Selecting, type SelectionPolicy } from "./selection-policy.ts";

/**
 * The value names the upstream: lower-case hex HMAC-SHA256 of its dial text (CookieHashSelection, Caddy 2.6.2). Without a
 * cookie, or when its upstream is unknown or not available, a random one, and a new cookie goes with the answer.
 */
class CookiePolicy implements SelectionPolicy {
  readonly scores = NO_SCORES;
  setsCookieOf = -1;
  rule = "";
  readonly values: readonly string[];
  private readonly name: string;
  private readonly memo = new WeakMap<Text, string>();

  constructor(name: string, secret: string, pool: UpstreamPool) {
    this.name = name;
    const key = utf8Bytes(secret);
    this.values = pool.dials.map((dial) => hmacSha256Hex(key, utf8Bytes(dial)));
  }

  select(pool: UpstreamPool, { what }: Selecting, random: RandomSource): number {
    const value = what?.cookie == null ? "" : this.valueIn(what.cookie);
    this.setsCookieOf = -1;
    if (value !== "") {
      for (let u = 0; u < pool.count; u++) {
        if (this.values[u] !== value || !pool.isAvailable(u)) continue;
        this.rule = `${this.name}: the cookie names this upstream`;
        return u;
      }
    }
    const known = this.values.includes(value);
    this.rule = `${this.name}: ${value === "" ? "no cookie" : known ? "the cookie's upstream is not available" : "the cookie names no upstream"}; at random, with a new cookie`;
    this.setsCookieOf = selectRandom(pool, random);
    return this.setsCookieOf;
  }

  scoresOf(): readonly number[] {
    return [];
  }

  private valueIn(cookie: Text): string {
    const known = this.memo.get(cookie);
    if (known !== undefined) return known;
    const value = cookieValue(cookie.text, this.name);
    this.memo.set(cookie, value);
    return value;
  }
}

/** The first cookie of that name in a Cookie header, without quotation marks; "" = none. */
function cookieValue(header: string, name: string): string {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at >= 0 && part.slice(0, at).trim() === name)
      return part
        .slice(at + 1)
        .trim()
        .replace(/^"(.*)"$/, "$1");
  }
  return "";
}

/** Set-Cookie lines by upstream; null when the policy sets none. */
export function cookieLines(policy: SelectionPolicy, name: string): readonly string[] | null {
  return policy instanceof CookiePolicy ? policy.values.map((value) => `${name}=${value}; Path=/`) : null;
}

export const COOKIE: PolicyKind = {
  name: "cookie",
  describe: "a cookie names the upstream (HMAC-SHA256 of its address)",
  make: ({ key, secret }, pool) => new CookiePolicy(key, secret, pool),
};
