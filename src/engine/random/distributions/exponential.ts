import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

/** Memoryless; F(x) = 1 - exp(-x / mean), cv² 1. */
export function exponential(mean: number): Distribution {
  requirePositive("the mean", mean);
  return { mean, cv2: 1, sample: (draws) => mean * draws.nextExponential() };
}
