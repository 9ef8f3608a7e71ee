import type { Distribution } from "./distribution.ts";
import { exponential } from "./exponential.ts";
import { mixture } from "./mixture.ts";
import { requirePositive } from "./parameter.ts";

/**
 * Two exponential phases, the short one common and the long one rare, with balanced means: each phase carries
 * half of the mean. p = (1 + sqrt((cv² - 1) / (cv² + 1))) / 2 of the samples are short with mean `mean / 2p`
 * (W. Whitt, "Approximating a point process by a renewal process", 1982). Takes two uniform numbers.
 *
 * @throws RangeError when cv2 is below 1.
 */
export function hyperexponential(mean: number, cv2: number): Distribution {
  requirePositive("the mean", mean);
  if (!(cv2 >= 1 && cv2 < Number.POSITIVE_INFINITY)) throw new RangeError(`cv² must be 1 or above, not ${cv2}`);
  const short = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  const long = 1 - short;
  const phases = hyperexponentialPhases([
    { weight: short, mean: mean / (2 * short) },
    { weight: long, mean: mean / (2 * long) },
  ]);
  return { mean, cv2, sample: phases.sample };
}

/** One of several exponential phases, chosen by weight. Takes two uniform numbers. */
export function hyperexponentialPhases(phases: readonly { weight: number; mean: number }[]): Distribution {
  return mixture(phases.map(({ weight, mean }) => ({ weight, of: exponential(mean) })));
}
