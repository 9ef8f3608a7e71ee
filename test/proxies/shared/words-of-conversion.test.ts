import { describe, expect, it } from "vitest";
import type { StickinessIntent } from "../../../src/contract/balancing-intent.ts";
import { durationWords } from "../../../src/proxies/shared/duration-words.ts";
import { groupName } from "../../../src/proxies/shared/group-name.ts";
import { stickyCookie } from "../../../src/proxies/shared/sticky-cookie.ts";
import { wholeWeights } from "../../../src/proxies/shared/whole-weights.ts";

describe("a duration in words", () => {
  it.each([
    [5_000_000, "5s"],
    [4_500_000, "4500ms"],
    [1, "1ms"],
    [1001, "2ms"],
    [0, "1ms"],
  ])("of %d µs is %s", (us, words) => {
    expect(durationWords(us)).toBe(words);
  });
});

describe("a name that every family takes", () => {
  it.each([
    ["shop", [], "shop"],
    ["/app*", [], "app"],
    ["Shop", ["shop"], "Shop_2"],
    ["a b/c", ["a_b_c", "a_b_c_2"], "a_b_c_3"],
    ["***", [], "group"],
  ])("for %j beside %j is %s", (wanted, taken, name) => {
    expect(groupName(wanted, taken)).toBe(name);
  });
});

describe("whole weights", () => {
  it.each([
    [[5, 1, 1], 256, [5, 1, 1], true],
    [[1.5, 2.25, 1], 256, [6, 9, 4], true],
    [[200, 100], 100, [2, 1], true],
    // 1000 : 1 can't be written up to 100: the smaller one gets the least there is.
    [[1000, 1], 100, [100, 1], false],
    [[0, 2], 256, [0, 2], true],
  ])("of %j up to %d are %j", (weights, most, whole, exact) => {
    expect(wholeWeights(weights, 1, most)).toEqual({ weights: whole, exact });
  });
});

describe("the cookie that a proxy sets", () => {
  const position = { file: "x", line: 1, column: 1, length: 0 };
  const own = (cookie: string): StickinessIntent => ({ kind: "own-cookie", cookie, position });

  it("keeps its name", () => {
    expect(stickyCookie(own("SRV"))).toEqual({ cookie: "SRV", why: null });
  });

  it("never has the name of an application's session cookie", () => {
    for (const name of ["JSESSIONID", "PHPSESSID", "ASP.NET_SessionId", "connect.sid"])
      expect(stickyCookie(own(name))).toMatchObject({ cookie: "SERVERID", why: expect.stringContaining(name) });
  });

  it("is none when the application names the member", () => {
    expect(stickyCookie(null)).toBeNull();
    expect(
      stickyCookie({ kind: "route-suffix", cookie: "JSESSIONID", parameter: "", separator: ".", position }),
    ).toBeNull();
  });
});
