import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/contract/decision.ts";
import type { Explanation } from "../../../src/experiment/explain.ts";
import { explanationInWords } from "../../../src/report/formats/explanation.ts";

function explanationWith(candidates: readonly Candidate[]): Explanation {
  return {
    seed: 1,
    replication: 0,
    members: [
      { name: "10.0.0.1:80", alias: null },
      { name: "10.0.0.2:80", alias: null },
    ],
    request: {
      variant: "round_robin",
      request: 5,
      identity: { client: 0, session: 0, ordinal: 2, tryNumber: 0 },
      class: "GET /",
      startUs: 0,
      endUs: 1000,
      status: 200,
      outcome: "good",
      session: "no state asked for",
      loss: null,
      decisions: [
        {
          nowUs: 0,
          request: 5,
          ordinal: 0,
          group: "shop",
          method: "round_robin",
          sticky: null,
          tier: null,
          candidates,
          winner: 1,
          rule: "largest current_weight",
        },
      ],
      attempts: [{ member: 1, result: "200" }],
    },
    others: [],
  };
}

describe("the table of candidates", () => {
  it("has columns as wide as their headings, with the numbers under them", () => {
    const scores = (conns: number, weight: number) => [
      { name: "conns", before: conns, after: conns },
      { name: "current_weight", before: weight, after: weight },
    ];
    const text = explanationInWords(
      explanationWith([
        { member: 0, excluded: null, scores: scores(0, -1) },
        { member: 1, excluded: null, scores: scores(1, 2) },
      ]),
    );
    const lines = text.split("\n");
    const at = lines.findIndex((line) => line.includes("candidate"));
    const heading = lines[at] ?? "";
    expect(heading.trim().split(/ {2,}/)).toEqual([
      "candidate",
      "conns before",
      "after",
      "current_weight before",
      "after",
    ]);
    for (const row of lines.slice(at + 1, at + 3)) {
      expect(row.replace("  <- elected", "")).toHaveLength(heading.length);
      // Numbers end where their heading ends.
      for (const { index, 0: word } of heading.matchAll(/before|after/g))
        expect(row.slice(0, index + word.length)).toMatch(/\d$/);
    }
  });
});
