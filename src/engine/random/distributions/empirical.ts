import type { Distribution } from "./distribution.ts";
import { cumulativeShares, indexOfShare, requireFinite } from "./parameter.ts";

/** Measured values, each as likely as its weight says. */
export function empirical(points: readonly { value: number; weight: number }[]): Distribution {
  const sorted = [...points].sort((one, other) => one.value - other.value);
  for (const point of sorted) requireFinite("a value", point.value);
  const values = Float64Array.from(sorted, (point) => point.value);
  const shares = cumulativeShares(sorted.map((point) => point.weight));
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += shareAt(shares, i) * (values[i] as number);
  let variance = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = (values[i] as number) - mean;
    variance += shareAt(shares, i) * distance * distance;
  }
  return {
    mean,
    cv2: variance === 0 ? 0 : variance / (mean * mean),
    sample: (draws) => values[indexOfShare(shares, draws.next())] as number,
  };
}

/**
 * Known quantiles with straight lines between them: `{p: 0, value: 1}, {p: 0.5, value: 20}, {p: 1, value: 900}`.
 *
 * @throws RangeError unless p rises from 0 to 1 and the values never fall.
 */
export function empiricalQuantiles(points: readonly { p: number; value: number }[]): Distribution {
  const last = points.length - 1;
  if (points[0]?.p !== 0 || points[last]?.p !== 1) throw new RangeError("quantiles must begin at p 0 and end at p 1");
  const ps = Float64Array.from(points, (point) => point.p);
  const values = Float64Array.from(points, (point) => point.value);
  let mean = 0;
  let square = 0;
  for (let i = 0; i <= last; i++) {
    const high = values[i] as number;
    requireFinite("a value", high);
    if (i === 0) continue;
    const low = values[i - 1] as number;
    const share = (ps[i] as number) - (ps[i - 1] as number);
    if (!(share > 0 && high >= low)) throw new RangeError("quantiles must rise in p and must not fall in value");
    mean += (share * (low + high)) / 2;
    square += (share * (low * low + low * high + high * high)) / 3;
  }
  const variance = square - mean * mean;
  return {
    mean,
    cv2: values[0] === values[last] ? 0 : variance / (mean * mean),
    sample: (draws) => {
      const u = draws.next();
      const i = indexOfShare(ps, u);
      const p = ps[i - 1] as number;
      const low = values[i - 1] as number;
      return low + (((values[i] as number) - low) * (u - p)) / ((ps[i] as number) - p);
    },
  };
}

function shareAt(shares: Float64Array, i: number): number {
  return (shares[i] as number) - (i === 0 ? 0 : (shares[i - 1] as number));
}
