/**
 * Means of `batches` equally long, consecutive stretches of one long steady run; they stand in for replications.
 * Observations that do not fill a batch are left out at the start, next to the warm-up.
 *
 * Source: Conway (1963), Management Science 10; Law, Simulation Modeling and Analysis, 5th ed. 2015, section 9.5.3.
 *
 * @throws RangeError when `batches` is not a positive integer or exceeds the number of observations.
 */
export function batchMeans(series: readonly number[], batches: number): number[] {
  if (!Number.isSafeInteger(batches) || batches < 1 || batches > series.length) {
    throw new RangeError(
      `the number of batches is a whole number from 1 to the ${series.length} observations, got ${batches}`,
    );
  }
  const size = Math.floor(series.length / batches);
  const first = series.length - size * batches;
  const means: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const start = first + batch * size;
    let sum = 0;
    for (const value of series.slice(start, start + size)) sum += value;
    means.push(sum / size);
  }
  return means;
}

/**
 * Correlation of neighbouring values: Σ (x_i − m)(x_{i+1} − m) / Σ (x_i − m)², between −1 and 1. Batch means that
 * are clearly correlated (above about 2/√batches) make an interval too narrow: use fewer, longer batches.
 *
 * NaN below two values or when all values are equal: there is nothing to correlate.
 *
 * Source: Box, Jenkins and Reinsel, Time Series Analysis, section 2.1.5.
 */
export function lag1Autocorrelation(values: readonly number[]): number {
  const origin = values[0];
  if (origin === undefined || values.length < 2) return Number.NaN;
  let distanceSum = 0;
  for (const value of values) distanceSum += value - origin;
  const meanDistance = distanceSum / values.length;
  let products = 0;
  let squares = 0;
  let previous = 0;
  for (const value of values) {
    const deviation = value - origin - meanDistance;
    products += previous * deviation;
    squares += deviation * deviation;
    previous = deviation;
  }
  return squares === 0 ? Number.NaN : products / squares;
}
