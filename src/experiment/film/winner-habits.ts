/** A member that could win, and what its first score will be should it lose; 0 when it has none. */
export interface Contender {
  readonly member: number;
  readonly score: number;
}

/** What one would expect of a decision from the scores before it. */
interface Expectation {
  readonly winner: number;
  readonly rule: number;
}

/**
 * Who wins a decision, and by which rule: the best score, where it is learnt from the last decision of the same shape
 * whether high or low is good, and whether a tie has a rule of its own.
 */
export class WinnerHabits {
  private readonly lowWins = new Map<number, boolean>();
  private readonly rules = new Map<number, number>();

  /** Codes of winner (−1 = nobody) and rule (a number): 0 = as expected, else the winner + 2, the rule + 1. */
  codesOf(shape: number, contenders: readonly Contender[], winner: number, rule: number): readonly [number, number] {
    const expected = this.expect(shape, contenders);
    const codes = [winner === expected.winner ? 0 : winner + 2, rule === expected.rule ? 0 : rule + 1] as const;
    this.learn(shape, contenders, winner, rule);
    return codes;
  }

  /** The winner and rule of two codes. */
  decode(shape: number, contenders: readonly Contender[], winnerCode: number, ruleCode: number): Expectation {
    const expected = this.expect(shape, contenders);
    const winner = winnerCode === 0 ? expected.winner : winnerCode - 2;
    const rule = ruleCode === 0 ? expected.rule : ruleCode - 1;
    this.learn(shape, contenders, winner, rule);
    return { winner, rule };
  }

  private expect(shape: number, contenders: readonly Contender[]): Expectation {
    const best = bestOf(contenders, this.lowWins.get(shape) === true);
    return { winner: best?.member ?? -1, rule: this.rules.get(this.ruleContext(shape, contenders)) ?? -1 };
  }

  private learn(shape: number, contenders: readonly Contender[], winner: number, rule: number): void {
    this.rules.set(this.ruleContext(shape, contenders), rule);
    const score = contenders.find(({ member }) => member === winner)?.score;
    if (score === undefined) return;
    const low = this.lowWins.get(shape) === true;
    // Only what contradicts the habit changes it.
    if (contenders.some((other) => (low ? other.score < score : other.score > score)))
      this.lowWins.set(
        shape,
        contenders.every((other) => other.score >= score),
      );
  }

  private ruleContext(shape: number, contenders: readonly Contender[]): number {
    const best = bestOf(contenders, this.lowWins.get(shape) === true)?.score;
    const isTie = contenders.filter(({ score }) => score === best).length > 1;
    return 2 * shape + (isTie ? 1 : 0);
  }
}

/** The first of those with the best score. */
function bestOf(contenders: readonly Contender[], lowWins: boolean): Contender | undefined {
  let best: Contender | undefined;
  for (const one of contenders)
    if (best === undefined || (lowWins ? one.score < best.score : one.score > best.score)) best = one;
  return best;
}
