import { describe, expect, it } from "vitest";
import { replayLines, servedBy, server, withFrontend } from "./replay-lines.ts";

const OK = { mode: "ok" };
const NAMES = ["a", "b", "c"];

function run(balance: readonly string[], requests: readonly object[], words: readonly string[] = []): string {
  const lines = withFrontend(...balance, ...NAMES.map((name, i) => server(name, words[i] ?? "")));
  return servedBy(replayLines(lines, { a: OK, b: OK, c: OK }, requests));
}

/** sdbm over 32 bits as its definition has it: h = c + (h << 6) + (h << 16) − h. */
function sdbm(text: string): number {
  let hash = 0n;
  for (const char of text) hash = (BigInt(char.charCodeAt(0)) + hash * 65_599n) & 0xffffffffn;
  return Number(hash);
}

const placed = (texts: readonly string[]): string => texts.map((text) => NAMES[sdbm(text) % 3]).join(" ");

describe("what is hashed", () => {
  it("hdr: the first value of the list, or the label before the last dot with use_domain_only", () => {
    const of = (value: string) => ({ headers: { "X-User": value } });
    expect(run(["balance hdr(X-User)"], [of("u1"), of("u1,zz"), of("u2"), of("u3")])).toBe(
      placed(["u1", "u1", "u2", "u3"]),
    );
    const hosts = ["www.shop.test", "shop.example", "x.blog.test", "lonely"].map((host) => ({ host }));
    expect(run(["balance hdr(Host) use_domain_only"], hosts)).toBe(placed(["shop", "shop", "blog", "lonely"]));
  });

  it("uri: up to the question mark, N characters, or before the slash after `depth`", () => {
    const paths = ["/a/b/c?x=1", "/a/b/d?x=2", "/a"].map((path) => ({ path }));
    expect(run(["balance uri"], paths)).toBe(placed(["/a/b/c", "/a/b/d", "/a"]));
    expect(run(["balance uri whole"], paths)).toBe(placed(["/a/b/c?x=1", "/a/b/d?x=2", "/a"]));
    expect(run(["balance uri len 4"], paths)).toBe(placed(["/a/b", "/a/b", "/a"]));
    expect(run(["balance uri depth 1"], paths)).toBe(placed(["/a", "/a", "/a"]));
  });

  it("url_param: the empty value too; without the parameter the map is walked", () => {
    const paths = ["/?u=x", "/?v=1&u=", "/", "/"].map((path) => ({ path }));
    expect(run(["balance url_param u"], paths)).toBe(`${placed(["x", ""])} a b`);
  });

  it("source: the address modulo the weights, whose map favours the greatest score", () => {
    // 127.0.0.n as a number is 2130706432 + n; no hash function is applied to it.
    const from = [1, 2, 3, 4, 5, 6].map((n) => ({ from: `127.0.0.${n}` }));
    const map = weightMap([3, 1, 2]);
    const expected = [1, 2, 3, 4, 5, 6].map((n) => map[(2_130_706_432 + n) % 6]).join(" ");
    expect(run(["balance source"], from, ["weight 3", "weight 1", "weight 2"])).toBe(expected);
  });
});

/** The map as spec'd: every place goes to the first of the greatest truncated (score + total) / total. */
function weightMap(weights: readonly number[]): readonly string[] {
  const total = weights.reduce((sum, each) => sum + each, 0);
  const scores = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    for (const [i, weight] of weights.entries()) scores[i] = (scores[i] as number) + weight;
    const values = scores.map((score) => Math.trunc((score + total) / total));
    const best = values.indexOf(Math.max(...values));
    scores[best] = (scores[best] as number) - total;
    return NAMES[best] as string;
  });
}
