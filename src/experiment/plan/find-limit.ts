/** What the runs at one value say about the expectations. */
export type PlanVerdict = "pass" | "fail" | "inconclusive";

/** Where the expectations stop being kept, as indexes into values that get harder; null = at none. */
export interface Limit {
  readonly lastPass: number | null;
  /** Between it and `lastPass` the runs do not decide. */
  readonly firstFail: number | null;
}

/** How the search begins. */
export interface SearchStart {
  /** Index to begin at; null = bracket by the two ends. */
  readonly from: number | null;
  /** How far to go in one step while looking for a bracket. */
  readonly stride: number;
}

/**
 * Finds the limit among `count` values, the easiest first, by bracketing and bisection; it relies on a harder value not
 * being kept where an easier one is not. First the last value that passes, counting "inconclusive" as not passing; then the
 * first that fails, counting it as not failing. Every value is judged once. `judge` answers null when it was stopped, and
 * so does the search.
 */
export async function findLimit(
  count: number,
  start: SearchStart,
  judge: (index: number) => Promise<PlanVerdict | null>,
): Promise<Limit | null> {
  const search = new Search(count, judge);
  const passes = (verdict: PlanVerdict): boolean => verdict === "pass";
  const holds = (verdict: PlanVerdict): boolean => verdict !== "fail";
  const lastPass = await search.boundary(start.from ?? 0, start.from === null ? count : start.stride, passes);
  if (lastPass === null) return null;
  const lastHeld = await search.boundary(Math.min(count - 1, lastPass + 1), start.stride, holds);
  if (lastHeld === null) return null;
  const firstFail = Math.max(lastHeld, lastPass) + 1;
  return { lastPass: lastPass < 0 ? null : lastPass, firstFail: firstFail < count ? firstFail : null };
}

class Search {
  private readonly count: number;
  private readonly judge: (index: number) => Promise<PlanVerdict | null>;
  private readonly known = new Map<number, PlanVerdict>();

  constructor(count: number, judge: (index: number) => Promise<PlanVerdict | null>) {
    this.count = count;
    this.judge = judge;
  }

  /** The last index with a good verdict, −1 when there is none; null when it was stopped. */
  async boundary(from: number, stride: number, isGood: (verdict: PlanVerdict) => boolean): Promise<number | null> {
    let good = -1;
    let bad = this.count;
    for (const [index, verdict] of this.known) {
      if (isGood(verdict)) good = Math.max(good, index);
    }
    for (const [index, verdict] of this.known) if (!isGood(verdict) && index > good) bad = Math.min(bad, index);
    if (bad === this.count) {
      for (let at = Math.max(from, good); good < this.count - 1; at = Math.min(this.count - 1, at + stride)) {
        const verdict = await this.ask(at);
        if (verdict === null) return null;
        if (!isGood(verdict)) {
          bad = at;
          break;
        }
        good = Math.max(good, at);
      }
    }
    for (let at = bad - stride; good < 0 && bad > 0; at = bad - stride) {
      const verdict = await this.ask(Math.max(0, at));
      if (verdict === null) return null;
      if (isGood(verdict)) good = Math.max(0, at);
      else bad = Math.max(0, at);
    }
    return this.bisect(good, bad, isGood);
  }

  private async bisect(good: number, bad: number, isGood: (verdict: PlanVerdict) => boolean): Promise<number | null> {
    let [low, high] = [good, bad];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const verdict = await this.ask(middle);
      if (verdict === null) return null;
      if (isGood(verdict)) low = middle;
      else high = middle;
    }
    return low;
  }

  private async ask(index: number): Promise<PlanVerdict | null> {
    const before = this.known.get(index);
    if (before !== undefined) return before;
    const verdict = await this.judge(index);
    if (verdict !== null) this.known.set(index, verdict);
    return verdict;
  }
}
