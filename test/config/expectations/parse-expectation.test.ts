import { describe, expect, it } from "vitest";
import type { ExpectationWords } from "../../../src/config/expectations/expectation.ts";
import { parseExpectation } from "../../../src/config/expectations/parse-expectation.ts";
import { ExpectationFault } from "../../../src/config/expectations/scanner.ts";

const WORDS: ExpectationWords = {
  metrics: [
    { id: "availability", unit: "ratio", perClass: true, perWindow: true },
    { id: "response_mean", unit: "µs", perClass: true, perWindow: true },
    { id: "response_p50", unit: "µs", perClass: true, perWindow: true },
    { id: "sessions_lost", unit: "count", perClass: false, perWindow: true },
    { id: "throughput", unit: "1/s", perClass: true, perWindow: true },
    { id: "fairness", unit: "ratio", perClass: false, perWindow: false },
  ],
  variants: ["byrequests", "bytraffic · nofailover=On"],
  classes: ["checkout", "GET /"],
  faults: ["crash-node2", "10.0.0.2:8080-slow"],
  members: ["node1", "10.0.0.1:8080", "same"],
  ambiguous: { same: ["10.0.0.2:8080", "10.0.0.3:8080"] },
};
const PLACE = { file: "shop.yaml", line: 3, column: 5, length: 10 };

const parse = (text: string) => parseExpectation(text, PLACE, WORDS);

/** What is underlined, the code and the hint of the fault. */
function faultOf(text: string): { readonly code: string; readonly marked: string; readonly hint: string | null } {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof ExpectationFault)) throw error;
    return { code: error.code, marked: text.slice(error.at, error.at + error.length), hint: error.hint };
  }
  throw new Error(`${text} was accepted`);
}

describe("parseExpectation", () => {
  it.each([
    ["p(99) < 250ms", { kind: "quantile", p: 0.99 }, "<", 250_000],
    ["p(99.9)<=1.5s", { kind: "quantile", p: 0.999 }, "<=", 1_500_000],
    ["availability >= 99.9%", { kind: "metric", id: "availability" }, ">=", 0.999],
    ["availability > 0.5", { kind: "metric", id: "availability" }, ">", 0.5],
    ["avg < 40ms", { kind: "metric", id: "response_mean" }, "<", 40_000],
    ["med != 0", { kind: "metric", id: "response_p50" }, "!=", 0],
    ["sessions_lost == 0", { kind: "metric", id: "sessions_lost" }, "==", 0],
    ["throughput > 40/s", { kind: "metric", id: "throughput" }, ">", 40],
    ["share(node1) within 2% of loadfactor", { kind: "share", member: "node1" }, "within", 0.02],
    ["share(10.0.0.1:8080) within 0.5% of weight", { kind: "share", member: "10.0.0.1:8080" }, "within", 0.005],
  ])("reads %s", (text, subject, operator, bound) => {
    const read = parse(text);
    expect(read).toMatchObject({ text, position: PLACE, subject, operator, variant: null, window: null });
    expect(read.bound).toBeCloseTo(bound, 12);
  });

  it("reads variant, class and window in any order, with commas and fillers between them", () => {
    expect(parse("availability > 1% during crash-node2 + 30s for class checkout, variant byrequests")).toMatchObject({
      variant: "byrequests",
      requestClass: "checkout",
      window: { kind: "fault", id: "crash-node2", extendUs: 30_000_000 },
    });
    expect(parse("avg < 1s class 'GET /' variant 'bytraffic · nofailover=On'")).toMatchObject({
      variant: "bytraffic · nofailover=On",
      requestClass: "GET /",
    });
    expect(parse("avg < 1s during 10.0.0.2:8080-slow").window).toEqual({
      kind: "fault",
      id: "10.0.0.2:8080-slow",
      extendUs: 0,
    });
    expect(parse("avg < 1s during 10s..1m30s").window).toEqual({ kind: "span", fromUs: 10_000_000, toUs: 90_000_000 });
  });

  it.each([
    ["availabilty > 99%", "unknown-metric", "availabilty", 'did you mean "availability"?'],
    ["p99 < 250ms", "unknown-metric", "p99", "write p(99)"],
    ["sessions_lost == 0.5", "bad-expectation", "0.5", "e.g. 0"],
    ["availability => 99%", "bad-expectation", "=>", "for equal write =="],
    ["availability = 99%", "bad-expectation", "=", "for equal write =="],
    ["p(99) < 250", "missing-unit", "250", null],
    ["p(99) < 250mb", "wrong-unit", "250mb", null],
    ["p(100) < 1s", "bad-expectation", "100", "e.g. p(99) or p(99.9)"],
    ["availability > 99.9ms", "wrong-type", "99.9ms", null],
    ["sessions_lost == 5%", "wrong-unit", "5%", "a plain number, e.g. 0"],
    ["avg < 1s variant byrequest", "unknown-variant", "byrequest", 'did you mean "byrequests"?'],
    ["avg < 1s class chekout", "unknown-class", "chekout", 'did you mean "checkout"?'],
    ["avg < 1s during crash-node3", "unknown-window", "crash-node3", 'did you mean "crash-node2"?'],
    ["share(node9) within 2% of loadfactor", "unknown-member", "node9", 'did you mean "node1"?'],
    [
      "share(same) within 2% of loadfactor",
      "ambiguous-backend",
      "same",
      "write one of: share(10.0.0.2:8080), share(10.0.0.3:8080)",
    ],
    ["share(node1) < 2%", "bad-expectation", "<", null],
    ["sessions_lost == 0 class checkout", "bad-expectation", "sessions_lost", null],
    ["fairness > 90% during crash-node2", "bad-expectation", "fairness", null],
    ["share(node1) within 2% of loadfactor during crash-node2", "bad-expectation", "share", null],
    ["avg < 1s during 20s..10s", "bad-expectation", "20s..10s", null],
    ["avg < 1s nonsense", "bad-expectation", "nonsense", null],
    ["", "bad-expectation", "", null],
    ["availability >=", "bad-expectation", "", "e.g. 99.9%"],
  ])("refuses %s and underlines what is meant", (text, code, marked, hint) => {
    const fault = faultOf(text);
    expect([fault.code, fault.marked]).toEqual([code, marked]);
    if (hint !== null) expect(fault.hint).toBe(hint);
  });
});
