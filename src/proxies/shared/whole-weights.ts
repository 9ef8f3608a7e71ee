/** Largest weight that shares are looked for with. */
const FINEST = 100;

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * Weights as whole numbers of the same ratios, the smallest there are when one of them has a fraction; null when they can
 * be kept only roughly or `most` is passed, then `scaled` is what comes nearest.
 */
export function wholeWeights(
  weights: readonly number[],
  least: number,
  most: number,
): { readonly weights: readonly number[]; readonly exact: boolean } {
  const fine = (all: readonly number[]): boolean =>
    all.every((weight) => Math.floor(weight) === weight && (weight === 0 || weight >= least) && weight <= most);
  if (fine(weights)) return { weights, exact: true };
  const hundredths = weights.map((weight) => Math.round(weight * FINEST));
  const divisor = hundredths.reduce(commonDivisor, 0) || 1;
  const reduced = hundredths.map((weight) => weight / divisor);
  if (fine(reduced)) return { weights: reduced, exact: true };
  const largest = Math.max(1, ...weights);
  const scaled = weights.map((weight) =>
    weight === 0 ? 0 : Math.max(least, Math.round((weight * Math.min(most, FINEST)) / largest)),
  );
  return { weights: scaled, exact: false };
}
