/** @throws RangeError unless the parameter is a finite number above 0. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be above 0, not ${value}`);
}

/** @throws RangeError unless the parameter is a finite number. */
export function requireFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, not ${value}`);
}

/**
 * Weights as running sums that end at exactly 1.
 *
 * @throws RangeError unless there is a weight, none is negative and one is above 0.
 */
export function cumulativeShares(weights: readonly number[]): Float64Array {
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`a weight must be 0 or above, not ${weight}`);
    }
    total += weight;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY)) throw new RangeError("at least one weight must be above 0");
  const shares = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i] as number;
    shares[i] = sum === total ? 1 : sum / total;
  }
  return shares;
}

/** The first index whose running sum lies above u. */
export function indexOfShare(shares: Float64Array, u: number): number {
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shares[middle] as number) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
