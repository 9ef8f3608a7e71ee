import { ln } from "../exact-math.ts";
import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

/** Factors whose product can't underflow: each is at least 2^-53. */
const FACTORS_PER_LN = 16;

/** The sum of `shape` exponential phases with the given mean together; cv² 1 / shape. Takes `shape` uniform numbers. */
export function erlang(shape: number, mean: number): Distribution {
  if (!(Number.isSafeInteger(shape) && shape >= 1)) {
    throw new RangeError(`the shape must be a whole number from 1 on, not ${shape}`);
  }
  requirePositive("the mean", mean);
  const phaseMean = mean / shape;
  return {
    mean,
    cv2: 1 / shape,
    sample: (draws) => {
      let sum = 0;
      for (let left = shape; left > 0; left -= FACTORS_PER_LN) {
        let product = 1;
        for (let i = Math.min(left, FACTORS_PER_LN); i > 0; i--) product *= 1 - draws.next();
        sum -= ln(product);
      }
      return phaseMean * sum;
    },
  };
}
