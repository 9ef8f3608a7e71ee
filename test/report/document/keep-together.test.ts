import { expect, it } from "vitest";
import { keepTogether } from "../../../src/report/document/keep-together.ts";

it("a number stays with its unit and its half-width, words stay apart", () => {
  expect(keepTogether("was 41.2 ± 0.3 ms in 3 s, 60 % of 12 seconds")).toBe(
    "was 41.2\u00a0±\u00a00.3\u00a0ms in 3\u00a0s, 60\u00a0% of 12 seconds",
  );
});
