import { pow } from "../exact-math.ts";
import type { Distribution } from "./distribution.ts";
import { requirePositive } from "./parameter.ts";

/** F(x) = 1 - (minimum / x)^shape. The mean is infinite up to shape 1, the variance up to shape 2. */
export function pareto(shape: number, minimum: number): Distribution {
  requirePositive("the shape", shape);
  requirePositive("the minimum", minimum);
  const power = -1 / shape;
  return {
    mean: shape > 1 ? (shape * minimum) / (shape - 1) : Number.POSITIVE_INFINITY,
    cv2: shape > 2 ? 1 / (shape * (shape - 2)) : Number.POSITIVE_INFINITY,
    sample: (draws) => minimum * pow(1 - draws.next(), power),
  };
}
