import { describe, expect, it } from "vitest";
import { type Contender, WinnerHabits } from "../../../src/experiment/film/winner-habits.ts";

const contenders = (...scores: readonly number[]): readonly Contender[] =>
  scores.map((score, member) => ({ member, score }));

/** Decisions of one shape: scores, who won and by which rule. */
const DECISIONS: readonly (readonly [scores: readonly number[], winner: number, rule: number])[] = [
  [[5, 1, 9], 1, 7],
  [[4, 6, 2], 2, 7],
  [[8, 8, 9], 0, 8],
  [[1, 2, 3], 0, 7],
  [[3, 3, 4], 0, 8],
  [[3, 3, 4], 2, 8],
  [[], -1, 9],
  [[2, 1, 3], 1, 7],
];

describe("who wins a decision", () => {
  it("is expected from the scores, once it is known whether a low one is good, and a tie has a rule of its own", () => {
    const habits = new WinnerHabits();
    const codes = DECISIONS.map(([scores, winner, rule]) => habits.codesOf(0, contenders(...scores), winner, rule));
    expect(codes).toEqual([[3, 8], [0, 0], [0, 9], [0, 0], [0, 0], [4, 0], [0, 10], expect.anything()]);
  });

  it("comes back from the codes", () => {
    const [writer, reader] = [new WinnerHabits(), new WinnerHabits()];
    for (const [scores, winner, rule] of DECISIONS) {
      const [winnerCode, ruleCode] = writer.codesOf(3, contenders(...scores), winner, rule);
      expect(reader.decode(3, contenders(...scores), winnerCode, ruleCode)).toEqual({ winner, rule });
    }
  });
});
