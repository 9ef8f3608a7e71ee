import { describe, expect, it } from "vitest";
import type { StickTableConfig } from "../../../src/proxies/haproxy/config/haproxy-config.ts";
import { Address, type SampleValue } from "../../../src/proxies/haproxy/samples/sample-value.ts";
import { StickTable } from "../../../src/proxies/haproxy/stick-tables.ts";
import { read } from "./config/read-text.ts";
import { replayLines, servedBy, server, withFrontend } from "./replay-lines.ts";

const SECOND = 1_000_000;

/** A table to which keys are given as samples, stored at once when there is a place. */
class Entries {
  readonly table: StickTable;

  constructor(words: string) {
    const { config } = read(["backend be", ` stick-table ${words}`]);
    this.table = new StickTable(config?.tables[0] as StickTableConfig);
  }

  store(nowUs: number, value: SampleValue, server: number): void {
    const key = this.table.keyOf(value);
    if (key !== null && this.table.reserve(nowUs)) this.table.store(nowUs, key, server);
  }

  match(nowUs: number, value: SampleValue): number | null {
    const key = this.table.keyOf(value);
    return key === null ? null : this.table.match(nowUs, key);
  }
}

function table(words: string): Entries {
  return new Entries(words);
}

describe("a stick table", () => {
  it("forgets an entry `expire` after it was touched last", () => {
    const entries = table("type string size 10 expire 2s");
    entries.store(0, "k", 1);
    expect(entries.match(1.9 * SECOND, "k")).toBe(1);
    expect(entries.match(3.8 * SECOND, "k")).toBe(1);
    expect(entries.match(5.8 * SECOND, "k")).toBeNull();
  });

  it("keeps 31 characters of a string, or as many as `len` says", () => {
    const entries = table("type string size 10");
    entries.store(0, `${"x".repeat(31)}1`, 1);
    expect(entries.match(0, `${"x".repeat(31)}2`)).toBe(1);
    expect(entries.match(0, "x".repeat(30))).toBeNull();
    const long = table("type string len 32 size 10");
    long.store(0, `${"x".repeat(31)}1`, 1);
    expect(long.match(0, `${"x".repeat(31)}2`)).toBeNull();
  });

  it("of integers reads the leading digits", () => {
    const entries = table("type integer size 10");
    entries.store(0, "007", 1);
    expect(entries.match(0, "7x")).toBe(1);
  });

  it("casts keys to its type: what can't be cast has no key", () => {
    const source = new Address("127.0.0.2");
    // 127 · 2^24 + 2, four bytes, the IPv4 address inside IPv6
    expect(table("type integer size 1").table.keyOf(source)).toBe("2130706434");
    expect(table("type binary len 6 size 1").table.keyOf(source)).toBe("7F0000020000");
    expect(table("type ipv6 size 1").table.keyOf(source)).toBe("::ffff:127.0.0.2");
    expect(table("type ip size 1").table.keyOf("alice")).toBeNull();
    expect(table("type ip size 1").table.keyOf("10.0.0.1")).toBe("10.0.0.1");
    // as an unsigned number of 32 bits
    expect(table("type integer size 1").table.keyOf("-1")).toBe("4294967295");
  });

  it("gives a place to each key that waits for its answer, so a full one loses entries to keys it has", () => {
    const entries = table("type integer size 3");
    for (const [at, key] of ["1", "2", "3"].entries()) entries.store(at, key, 1);
    entries.match(10, "1");
    // the first in line was touched since and is put behind, the second goes
    entries.store(11, "1", 1);
    expect(["1", "2", "3"].map((key) => entries.match(20, key))).toEqual([1, null, 1]);
  });

  it("when full drops the 256th part that was touched longest ago, and nothing with nopurge", () => {
    // 512 / 256 + 1 = 3 entries go at once.
    const entries = table("type integer size 512");
    for (let key = 0; key < 512; key++) entries.store(key, String(key), 1);
    entries.match(600, "0");
    entries.store(700, "1000", 2);
    expect(["0", "1", "2", "3", "4", "1000"].map((key) => entries.match(800, key))).toEqual([
      1,
      null,
      null,
      null,
      1,
      2,
    ]);
    const kept = table("type integer size 1 nopurge");
    kept.store(0, "1", 1);
    kept.store(1, "2", 2);
    expect([kept.match(2, "1"), kept.match(2, "2")]).toEqual([1, null]);
  });
});

describe("stick rules", () => {
  const TWO = [server("a"), server("b")];
  const OK = { a: { mode: "ok" }, b: { mode: "ok" } };

  it("look only at the first `stick on` of a table that has a key", () => {
    const lines = withFrontend("stick-table type string size 10", "stick on req.hdr(X-User)", "stick on path", ...TWO);
    // /p is stored at a; u1 (no entry) does not fall back to /p: balanced to b, and stays there.
    const user = { headers: { "X-User": "u1" } };
    const requests = replayLines(lines, OK, [{ path: "/p" }, { path: "/p", ...user }, { path: "/p", ...user }]);
    expect(servedBy(requests)).toBe("a b b");
  });

  it("of two matches take the first that has an entry", () => {
    const lines = withFrontend(
      "stick-table type string size 10",
      "stick match req.hdr(X-User)",
      "stick match path",
      "stick store-request path",
      ...TWO,
    );
    const requests = replayLines(lines, OK, [
      { path: "/p" },
      { path: "/p", headers: { "X-User": "u" } },
      { path: "/q" },
    ]);
    expect(servedBy(requests)).toBe("a a b");
  });

  it("store nothing for a server that is non-stick", () => {
    const lines = withFrontend("stick-table type ip size 10", "stick on src", server("a", "non-stick"), server("b"));
    // a is not stored; b is
    expect(servedBy(replayLines(lines, OK, [{}, {}, {}]))).toBe("a b b");
  });
});
