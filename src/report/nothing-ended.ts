import type { RunResult } from "../experiment/result.ts";
import { formatNumber } from "./number-format.ts";

/** Why there are no response times at all; "" when some request of some variant ended. */
export function nothingEnded({ variants }: RunResult): string {
  const ended = variants.some(({ outcomes }) => outcomes.some(({ requests }) => (requests.mean ?? 0) > 0));
  if (ended) return "";
  const left = variants.map(({ metrics }) => metrics.unresolved?.mean ?? 0);
  const [fewest, most] = [Math.min(...left), Math.max(...left)];
  if (most === 0) return "No request was made in the observed time.";
  const count = fewest === most ? formatNumber(most) : `${formatNumber(fewest)} to ${formatNumber(most)}`;
  return `No request ended: ${count} were still under way when the drain was over (mean of a replication).`;
}
