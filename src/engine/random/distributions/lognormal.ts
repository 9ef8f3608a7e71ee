import { exp, ln, normalQuantile } from "../exact-math.ts";
import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

const Z99 = normalQuantile(0.99);

/** The logarithm is normal: σ² = ln(1 + cv²), µ = ln(mean) - σ²/2. */
export function lognormal(mean: number, cv: number): Distribution {
  requirePositive("the mean", mean);
  requirePositive("the coefficient of variation", cv);
  const sigma2 = ln(1 + cv * cv);
  return byLogarithm(ln(mean) - sigma2 / 2, Math.sqrt(sigma2), mean, cv * cv);
}

/** By median and 99th percentile: µ = ln(p50), σ = ln(p99 / p50) / z(0.99); mean exp(µ + σ²/2), cv² exp(σ²) - 1. */
export function lognormalFromQuantiles(p50: number, p99: number): Distribution {
  requirePositive("the median", p50);
  requirePositive("the 99th percentile", p99);
  if (!(p99 > p50)) throw new RangeError(`the 99th percentile ${p99} must be above the median ${p50}`);
  const sigma = ln(p99 / p50) / Z99;
  const sigma2 = sigma * sigma;
  return byLogarithm(ln(p50), sigma, p50 * exp(sigma2 / 2), exp(sigma2) - 1);
}

function byLogarithm(mu: number, sigma: number, mean: number, cv2: number): Distribution {
  return { mean, cv2, sample: (draws) => exp(mu + sigma * normalQuantile(draws.next())) };
}
