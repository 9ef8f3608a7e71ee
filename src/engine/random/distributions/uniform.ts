import type { Distribution } from "./distribution.ts";
import { requireFinite } from "./parameter.ts";

/** Evenly spread between two values; mean (a + b) / 2, variance (b - a)² / 12. */
export function uniform(min: number, max: number): Distribution {
  requireFinite("the minimum", min);
  requireFinite("the maximum", max);
  if (min > max) throw new RangeError(`the minimum ${min} must not be above the maximum ${max}`);
  const width = max - min;
  const mean = min + width / 2;
  return {
    mean,
    cv2: width === 0 ? 0 : (width * width) / 12 / (mean * mean),
    sample: (draws) => min + width * draws.next(),
  };
}
