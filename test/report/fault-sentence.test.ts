import { expect, it } from "vitest";
import { faultSentence } from "../../src/report/fault-sentence.ts";
import { fixtureResult } from "./fixture.ts";

it("a fault is told with its kind, backend, start and length", () => {
  const result = fixtureResult();
  const fault = { id: "f", kind: "hang", backend: 2, fromUs: 90_000_000, toUs: 90_500_000 };
  expect(faultSentence(result, fault)).toBe("hang of node3 at 90 s for 500 ms");
  expect(faultSentence(result, { ...fault, toUs: fault.fromUs })).toBe("hang of node3 at 90 s");
});
