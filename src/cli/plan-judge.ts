import { suggest } from "../config/problems/suggest.ts";
import { duration } from "../config/values/quantity.ts";
import { METRICS } from "../experiment/metrics.ts";
import type { Meeting } from "../experiment/plan/plan-variant.ts";
import type { PreparedExperiment } from "../experiment/prepare.ts";
import type { RunResult } from "../experiment/result.ts";
import { KnownError } from "./known-error.ts";

/** The expectations of a plan. */
export interface PlanJudge {
  readonly texts: readonly string[];
  meets(result: RunResult, variant: string): Meeting;
}

interface Bound {
  readonly text: string;
  readonly metric: string;
  readonly isUpper: boolean;
  readonly limit: number;
}

/** @throws KnownError `bad-plan` when there is none, or one can't be read. */
export function planJudge({ scenario }: PreparedExperiment, extra: readonly string[]): PlanJudge {
  const texts = [...scenario.expectations.map(({ text }) => text), ...extra];
  if (texts.length === 0)
    throw new KnownError(
      "bad-plan",
      "no expectations: every value keeps them",
      "write expect: into the scenario, or --expect 'p(95) < 250ms'",
    );
  const bounds = texts.map(readBound);
  return { texts, meets: (result, variant) => meeting(bounds, result, variant) };
}

function readBound(text: string): Bound {
  const [, name = "", sign = "", value = ""] = /^\s*([\w()]+)\s*([<>]=?)\s*(\S+)\s*$/.exec(text) ?? [];
  const metric = name.replace(/^p\((\d+)\)$/, "response_p$1");
  const found = METRICS.find(({ id }) => id === metric);
  if (found === undefined) {
    const near = suggest(
      metric,
      METRICS.map(({ id }) => id),
    );
    throw new KnownError("bad-plan", `"${text}": no such metric`, near === null ? null : `did you mean "${near}"?`);
  }
  const time = found.unit === "µs" ? duration.read(value) : null;
  const limit =
    time === null
      ? value.endsWith("%")
        ? Number(value.slice(0, -1)) / 100
        : Number(value)
      : time.ok
        ? time.value
        : Number.NaN;
  if (Number.isNaN(limit)) throw new KnownError("bad-plan", `"${text}": ${value} is no value of ${metric}`, null);
  return { text, metric, isUpper: sign.startsWith("<"), limit };
}

function meeting(bounds: readonly Bound[], { variants }: RunResult, name: string): Meeting {
  let worst: Meeting = { verdict: "pass", why: "" };
  for (const { text, metric, isUpper, limit } of bounds) {
    const { mean = null, halfWidth = null } = variants.find((each) => each.name === name)?.metrics[metric] ?? {};
    if (mean === null || halfWidth === null) {
      worst = { verdict: "inconclusive", why: text };
      continue;
    }
    const room = isUpper ? limit - mean : mean - limit;
    if (room < -halfWidth) return { verdict: "fail", why: text };
    if (room < halfWidth) worst = { verdict: "inconclusive", why: text };
  }
  return worst;
}
