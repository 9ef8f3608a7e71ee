import type { RunResult } from "../../experiment/result.ts";
import { detectionOf } from "../charts/parts/fault-notes.ts";
import { extremesSentence } from "../extremes-sentence.ts";
import { faultSentence } from "../fault-sentence.ts";
import { nothingEnded } from "../nothing-ended.ts";
import { formatDuration } from "../number-format.ts";

/** The questions that a report answers first, each by one metric. */
const HEADLINE_METRICS = ["availability", "sessions_lost_share", "response_p99"];
const SPOKEN_FAULTS = 2;

/** One sentence for each question, made of the numbers and nothing else. */
export function headlines(result: RunResult): readonly string[] {
  const nothing = nothingEnded(result);
  const answers = nothing === "" ? HEADLINE_METRICS.map((metric) => extremesSentence(result, metric)) : [nothing];
  return [...answers.filter((sentence) => sentence !== ""), ...faultHeadlines(result)];
}

function faultHeadlines(result: RunResult): readonly string[] {
  const spoken = result.faults.slice(0, SPOKEN_FAULTS).map((fault) => {
    const delays = result.variants.flatMap((variant) => detectionOf(variant, fault)?.detectedUs ?? []);
    const sentence = faultSentence(result, fault);
    const start = sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
    if (delays.length === 0) return `${start}: no proxy changed the state of the member.`;
    return `${start}: detected ${rangeText(Math.min(...delays), Math.max(...delays))}.`;
  });
  const more = result.faults.length - spoken.length;
  return more > 0 ? [...spoken, `${more} more faults are listed under method and limits.`] : spoken;
}

/** "after 38.8 ms to 76.4 ms" */
function rangeText(fastestUs: number, slowestUs: number): string {
  const [fastest, slowest] = [formatDuration(fastestUs), formatDuration(slowestUs)];
  if (fastest === slowest) return fastestUs === 0 ? "at once" : `after ${fastest}`;
  return fastestUs === 0 ? `at once or after up to ${slowest}` : `after ${fastest} to ${slowest}`;
}
