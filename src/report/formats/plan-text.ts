import type { ErlangCheck, NoErlangCheck } from "../../experiment/plan/erlang-check.ts";
import type { PlanAnswer, PlanResult, PlanRun } from "../../experiment/plan/plan-result.ts";
import { formatDuration, formatEstimate, formatNumber, formatShare } from "../number-format.ts";
import { PLANNER_COLUMNS, plannerCells } from "../planner-columns.ts";
import type { Paint } from "./paint.ts";
import { textTable } from "./text-table.ts";

/** What `lbsim plan` prints: for each variant the answer, how sure it is, and the runs behind it. */
export function renderPlanText(
  result: PlanResult,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const { scenario, direction, key, seed, level } = result;
  const head = `${scenario.name} · ${direction} ${key} that keeps all expectations · seed ${seed} · ${formatNumber(level * 100)} % intervals`;
  const sections = [
    paint.bold(head),
    [...result.expectations.map((text) => `  ${text}`), ...conditionLine(result)].join("\n"),
    ...result.answers.flatMap((answer) => [
      answerLines(result, answer, paint),
      textTable(
        [
          { title: `  ${key}`, align: "left" },
          { title: "expectations", align: "left" },
          { title: "replications", align: "right" },
          ...PLANNER_COLUMNS.map(({ title }) => ({ title, align: "right" as const })),
        ],
        answer.runs.map(runRow),
        width,
      )
        .map((lines) => lines.join("\n"))
        .join("\n"),
    ]),
    `reproduce: ${result.reproduce}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function conditionLine({ conditions }: PlanResult): readonly string[] {
  return conditions.length === 1 && conditions[0] === "as written" ? [] : [`  under each of: ${conditions.join(", ")}`];
}

function answerLines({ direction, key, resolution }: PlanResult, answer: PlanAnswer, paint: Paint): string {
  const { variant, value, next, failsFrom, limitedBy, isMonotone } = answer;
  const lines = [
    value === null
      ? paint.bad(`${variant}: no ${key} of the range is shown to keep the expectations`)
      : paint.bold(`${variant}: ${key} ${value}`),
  ];
  const step = resolution === null ? "the written step" : `steps of ${formatShare(resolution)}`;
  if (next === null)
    lines.push(`  the range ends there: a ${direction === "largest" ? "larger" : "smaller"} one may do`);
  else lines.push(`  not shown at ${next}${limitedBy === null ? "" : `: ${limitedBy}`}`);
  if (failsFrom === null && next !== null) lines.push("  nothing within the range is shown to break them");
  else if (failsFrom !== null && failsFrom !== next)
    lines.push(`  shown to break from ${failsFrom}; in between the runs don't decide`);
  else if (failsFrom !== null) lines.push(`  shown to break there: the answer is exact to ${step}`);
  if (!isMonotone)
    lines.push("  a harder value passed where an easier one did not: more replications, or read the runs");
  lines.push(`  Erlang C: ${erlangWords(answer.erlang)}`);
  return lines.join("\n");
}

function erlangWords(check: ErlangCheck | NoErlangCheck): string {
  if (!check.applies) return `does not apply: ${check.why}`;
  const { servers, capacityPerSec, utilisation, meanUs, relation, agrees } = check;
  const most = `${servers} ${servers === 1 ? "server carries" : "servers carry"} at most ${formatNumber(capacityPerSec)}/s`;
  if (meanUs === null) return `${most}; at ${formatShare(utilisation)} load there is no steady state`;
  const simulated =
    check.simulatedUs === null || check.simulatedHalfWidthUs === null
      ? "not simulated"
      : `simulated ${formatEstimate(check.simulatedUs / 1_000, check.simulatedHalfWidthUs / 1_000)} ms`;
  const says =
    relation === "equal"
      ? `the mean response time at ${formatShare(utilisation)} load is ${formatDuration(meanUs)}`
      : `no load balancer has a mean response time below ${formatDuration(meanUs)} at ${formatShare(utilisation)} load`;
  const judged = agrees === null ? "" : agrees ? ": agrees" : ": DIFFERS by more than three half-widths";
  return `${most}; ${says}, ${simulated}${judged}`;
}

function runRow(run: PlanRun): readonly string[] {
  return [`  ${run.value}`, run.verdict, String(run.replications), ...plannerCells(run.metrics)];
}
