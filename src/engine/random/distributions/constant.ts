import type { Distribution } from "./distribution.ts";
import { requireFinite } from "./parameter.ts";

/**
 * Always the same value. It takes one uniform number all the same, so that exchanging a distribution for its
 * mean leaves the later draws of an address where they are.
 */
export function constant(value: number): Distribution {
  requireFinite("a constant", value);
  return {
    mean: value,
    cv2: 0,
    sample: (draws) => {
      draws.next();
      return value;
    },
  };
}
