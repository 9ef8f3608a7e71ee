import type { Distribution } from "./distribution.ts";
import { cumulativeShares, indexOfShare } from "./parameter.ts";

/** One of several distributions, chosen by weight. Takes one uniform number to choose and then those of the part. */
export function mixture(parts: readonly { weight: number; of: Distribution }[]): Distribution {
  const shares = cumulativeShares(parts.map((part) => part.weight));
  const components = parts.map((part) => part.of);
  const likely = parts.filter((part) => part.weight > 0);
  const total = likely.reduce((sum, part) => sum + part.weight, 0);
  let mean = 0;
  let square = 0;
  for (const { weight, of } of likely) {
    mean += (weight / total) * of.mean;
    square += (weight / total) * (of.cv2 === Number.POSITIVE_INFINITY ? of.cv2 : (of.cv2 + 1) * of.mean * of.mean);
  }
  return {
    mean,
    cv2: square === Number.POSITIVE_INFINITY ? square : square / (mean * mean) - 1,
    sample: (draws) => (components[indexOfShare(shares, draws.next())] as Distribution).sample(draws),
  };
}
