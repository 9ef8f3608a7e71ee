const BATCH_SIZE = 5;
/** Below this many remaining batches the statistic is mostly noise: it falls to 0 for the last batch alone. */
const LEAST_REMAINING_BATCHES = 5;
const LEAST_BATCHES = 10;

/** Where MSER-5 would end the warm-up of a series. */
export interface WarmUp {
  /** Number of raw observations to drop from the start; a multiple of 5. */
  readonly cut: number;
  /** The value of the MSER statistic at the cut; NaN when the series is too short to have one. */
  readonly statistic: number;
  /** False when the minimum lies in the second half or there are fewer than 10 batches: run longer. */
  readonly reliable: boolean;
}

function meansOfFive(series: readonly number[]): number[] {
  const means: number[] = [];
  let sum = 0;
  for (const [position, value] of series.entries()) {
    sum += value;
    if (position % BATCH_SIZE === BATCH_SIZE - 1) {
      means.push(sum / BATCH_SIZE);
      sum = 0;
    }
  }
  return means;
}

/**
 * MSER-5: the cut that makes the confidence interval of the remaining mean narrowest.
 *
 * The series is averaged in batches of five (an incomplete last batch is ignored). For every cut d of the n batches
 * the statistic is Σ (Y_i − mean of the rest)² / (n − d)² over the batches after d; the smallest wins, ties go to
 * the shorter cut. Cuts that leave fewer than five batches are not considered, because a nearly empty rest looks
 * steady by accident.
 *
 * Source: White (1997), Simulation 69; White, Cobb and Spratt (2000), Winter Simulation Conference, for batches of
 * five and the rule that a minimum in the second half means the run is too short.
 */
export function mser5(series: readonly number[]): WarmUp {
  const batches = meansOfFive(series);
  const n = batches.length;
  let bestCut = 0;
  let best = Number.NaN;
  let mean = 0;
  let squares = 0;
  // From the end towards the start, so that one running mean and sum of squares (Welford 1962) serve every cut.
  for (let cut = n - 1; cut >= 0; cut -= 1) {
    const remaining = n - cut;
    const value = batches[cut] ?? Number.NaN;
    const distance = value - mean;
    mean += distance / remaining;
    squares += distance * (value - mean);
    if (remaining < LEAST_REMAINING_BATCHES) continue;
    const statistic = squares / (remaining * remaining);
    if (Number.isNaN(best) || statistic <= best) {
      best = statistic;
      bestCut = cut;
    }
  }
  return { cut: bestCut * BATCH_SIZE, statistic: best, reliable: n >= LEAST_BATCHES && bestCut <= n / 2 };
}
