import { Fault } from "./report.ts";

/** What `feature()` answers yes to: the build of Debian's 2.6.12 (`haproxy -vv`). */
const FEATURES: ReadonlySet<string> = new Set(
  `ACCEPT4 BACKTRACE CPU_AFFINITY CRYPT_H DL EPOLL GETADDRINFO LIBCRYPT LINUX_SPLICE LINUX_TPROXY LUA NETFILTER NS OPENSSL
  OT PCRE2 PCRE2_JIT POLL PRCTL PROMEX RT SLZ SYSTEMD TFO THREAD THREAD_DUMP TPROXY`.split(/\s+/),
);
const VERSION = [2, 6, 12];
const OPENSSL = [3, 0, 0];

/**
 * Evaluates the expression behind `.if`: numbers, `!`, parentheses, `&&`, `||`, and the predicates of the manual (2.4).
 * Throws `Fault` with HAProxy's words. Source: HAProxy 2.6.12 src/cfgcond.c.
 */
export function evaluateCondition(text: string, variable: (name: string) => string | undefined): boolean {
  if (text.trim() === "") return false;
  const evaluator = new Evaluator(text, variable);
  const value = evaluator.expression();
  evaluator.end();
  return value;
}

class Evaluator {
  private readonly text: string;
  private readonly variable: (name: string) => string | undefined;
  private at = 0;

  constructor(text: string, variable: (name: string) => string | undefined) {
    this.text = text;
    this.variable = variable;
  }

  /** Both sides are always read; `&&` binds closer than `||`. */
  expression(): boolean {
    const left = this.conjunction();
    if (!this.take("||")) return left;
    const right = this.expression();
    return left || right;
  }

  end(): void {
    this.skipBlanks();
    const extra = this.text[this.at];
    if (extra === undefined) return;
    throw new Fault(`unexpected character '${extra}' at the end of conditional expression '${this.text}'`);
  }

  private conjunction(): boolean {
    const left = this.term();
    if (!this.take("&&")) return left;
    const right = this.conjunction();
    return left && right;
  }

  private term(): boolean {
    this.skipBlanks();
    const from = this.at;
    let negated = false;
    while (this.take("!")) negated = !negated;
    this.skipBlanks();
    const number = /^[+-]?\d+/.exec(this.text.slice(this.at))?.[0];
    if (number !== undefined) {
      this.at += number.length;
      return Number(number) !== 0;
    }
    if (this.take("(")) {
      const inner = this.expression();
      if (!this.take(")")) {
        throw new Fault(`expected ')' after conditional expression '${this.text.slice(from)}'`);
      }
      return negated !== inner;
    }
    return negated !== this.predicate(from);
  }

  private predicate(from: number): boolean {
    const [all = "", name = "", list = ""] = /^(\w+)\(([^)]*)\)/.exec(this.text.slice(this.at)) ?? [];
    const args = list.split(",").map((arg) => arg.trim().replace(/^(["'])(.*)\1$/, "$2"));
    const value = all === "" ? null : this.call(name, args);
    if (value === null) throw new Fault(`unparsable conditional expression '${this.text.slice(from)}'`);
    this.at += all.length;
    return value;
  }

  private call(name: string, args: readonly string[]): boolean | null {
    const [first = "", second = ""] = args;
    switch (name) {
      case "defined":
        return this.variable(first) !== undefined;
      case "feature":
        return FEATURES.has(first);
      case "streq":
        return first === second;
      case "strneq":
        return first !== second;
      case "strstr":
        return first.includes(second);
      case "version_atleast":
        return compareVersions(VERSION, first) >= 0;
      case "version_before":
        return compareVersions(VERSION, first) < 0;
      case "openssl_version_atleast":
        return compareVersions(OPENSSL, first) >= 0;
      case "openssl_version_before":
        return compareVersions(OPENSSL, first) < 0;
      case "ssllib_name_startswith":
        return "OpenSSL".startsWith(first);
      case "enabled":
        return ["POLL", "EPOLL", "GETADDRINFO", "REUSEPORT", "SPLICE"].includes(first);
      default:
        return null;
    }
  }

  private take(word: string): boolean {
    this.skipBlanks();
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private skipBlanks(): void {
    while (this.text[this.at] === " " || this.text[this.at] === "\t") this.at++;
  }
}

function compareVersions(own: readonly number[], text: string): number {
  const other = text.split(/[.-]/).map((part) => Number(/^\d+/.exec(part)?.[0] ?? "0"));
  for (let i = 0; i < own.length; i++) {
    const difference = (own[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
