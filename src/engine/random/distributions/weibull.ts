import { gamma, ln, pow } from "../exact-math.ts";
import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

/** F(x) = 1 - exp(-(x / scale)^shape); below shape 1 the tail is heavier than exponential. Mean scale Γ(1 + 1/shape). */
export function weibull(shape: number, scale: number): Distribution {
  requirePositive("the shape", shape);
  requirePositive("the scale", scale);
  const power = 1 / shape;
  const first = gamma(1 + power);
  return {
    mean: scale * first,
    cv2: gamma(1 + 2 * power) / (first * first) - 1,
    sample: (draws) => scale * pow(-ln(1 - draws.next()), power),
  };
}
