import { ln, pow } from "../exact-math.ts";
import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

/** Pareto cut off at `max`: F(x) = (1 - (min / x)^shape) / (1 - (min / max)^shape) from `min` to `max`. */
export function boundedPareto(shape: number, min: number, max: number): Distribution {
  requirePositive("the shape", shape);
  requirePositive("the minimum", min);
  requirePositive("the maximum", max);
  if (!(max > min)) throw new RangeError(`the maximum ${max} must be above the minimum ${min}`);
  const ratio = max / min;
  const kept = 1 - pow(ratio, -shape);
  const power = -1 / shape;
  const mean = min * momentInMinima(shape, ratio, kept, 1);
  return {
    mean,
    cv2: (min * min * momentInMinima(shape, ratio, kept, 2)) / (mean * mean) - 1,
    sample: (draws) => min * pow(1 - kept * draws.next(), power),
  };
}

/** E (x / min)^n = shape / kept * ∫ y^(n - shape - 1) dy from 1 to max / min. */
function momentInMinima(shape: number, ratio: number, kept: number, n: number): number {
  const power = n - shape;
  const integral = power === 0 ? ln(ratio) : (pow(ratio, power) - 1) / power;
  return (shape / kept) * integral;
}
