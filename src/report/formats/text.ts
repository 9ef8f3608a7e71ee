import type { FaultBand, RunResult, VariantResult } from "../../experiment/result.ts";
import { baselineLines } from "../baseline-words.ts";
import { expectationReason, VERDICT_WORDS, verdictCount } from "../expectation-words.ts";
import { faultSentence } from "../fault-sentence.ts";
import { bestVariants, cellText, columnTitle, comparisonOf, differenceText, shortColumns } from "../metric-column.ts";
import { nothingEnded } from "../nothing-ended.ts";
import { passedOverList } from "../passed-over.ts";
import { precisionSentence, warmUpSentence } from "../timing-sentences.ts";
import { asciiText } from "./ascii-text.ts";
import type { Paint } from "./paint.ts";
import { sparklines } from "./sparklines.ts";
import { textTable } from "./text-table.ts";

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Only characters that every terminal has: what it shows of others is not known. */
  readonly ascii?: boolean;
}

/** Titles that save room where the full one would make the table too wide. */
const SHORT_TITLES: Readonly<Record<string, string>> = {
  throughput: "good/s",
  sessions_doomed: "doomed",
  sessions_interrupted: "interrupted",
  share_error: "share error (%)",
};

/** How many directives, faults or warnings are listed before the rest is only counted. */
const LIST_LIMIT = 8;

/**
 * What `lbsim run` prints: where the numbers come from, the comparison table, what is shown against the baseline,
 * faults, warnings, directives that were passed over, and how to make the same numbers again.
 */
export function renderText(result: RunResult, options: TextOptions): string {
  const { paint, width, ascii = false } = options;
  const sections = [
    [paint.bold(runLine(result)), paint.dim(warmUpSentence(result))],
    ...comparisonTable(result, options),
    [nothingEnded(result)].filter((sentence) => sentence !== ""),
    sparklines(result, { width, ascii }),
    verdictLines(result, paint),
    expectationLines(result, paint),
    againstLines(result, paint),
    result.precision === undefined ? [] : [precisionSentence(result)],
    listed(
      "faults",
      result.faults.map((fault: FaultBand) => faultSentence(result, fault)),
      (line) => line,
    ),
    listed("warnings", result.warnings, paint.warning),
    listed("passed over", passedOverList(result), (line) => line),
    [paint.dim(`fingerprint ${result.fingerprint} - reproduce: ${result.reproduce}`)],
  ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
  return `${ascii ? asciiText(text) : text}\n`;
}

/** "lbsim 0.1.0 · quick-start.yaml (3f9a12) · seed 42 · 20 replications" */
export function runLine(result: RunResult): string {
  const { scenario, replications } = result;
  const count = `${replications} replication${replications === 1 ? "" : "s"}`;
  const file = `${scenario.file} (${scenario.hash.slice(0, 6)})`;
  return [
    `lbsim ${result.lbsim}`,
    file,
    `seed ${result.seed}`,
    result.interrupted ? `${count}, interrupted` : count,
  ].join(" · ");
}

function comparisonTable(result: RunResult, { width, paint }: TextOptions): readonly (readonly string[])[] {
  const columns = shortColumns(result);
  const best = columns.map((column) => bestVariants(result, column.metric));
  const hasBest = best.map((names) => names.length > 0);
  const anyBest = hasBest.includes(true);
  const rows = result.variants.map((variant) => [
    variant.name,
    ...columns.map((column, index) => {
      const mark = best[index]?.includes(variant.name) ? " ▲" : hasBest[index] ? "  " : "";
      return cellText(column, variant.metrics[column.metric.id]) + mark;
    }),
  ]);
  const titles = columns.map((column, index) => ({
    title: `${SHORT_TITLES[column.metric.id] ?? columnTitle(column)}${hasBest[index] ? "  " : ""}`,
    align: "right" as const,
  }));
  const blocks = textTable([{ title: "variant", align: "left" }, ...titles], rows, width);
  const painted = blocks.map(([head = "", ...lines]) => [
    paint.bold(head),
    ...lines.map((line) => line.replaceAll("▲", paint.good("▲"))),
  ]);
  const from = result.batches === undefined ? "" : ` from ${result.batches.count} batch means`;
  const level = `±: half-width of the ${Math.round(result.level * 100)} % confidence interval${from}`;
  const footer = anyBest ? `${level}; ▲: best of its column, and shown to differ from the baseline` : level;
  return [...painted, [paint.dim(footer)]];
}

function verdictLines(result: RunResult, paint: Paint): readonly string[] {
  const candidates = result.variants.filter((variant) => variant.name !== result.baseline);
  if (candidates.length === 0 || result.comparisons.length === 0) return [];
  if (result.replications === 1)
    return [`against ${result.baseline}: one replication gives differences no interval, so none can be shown`];
  return [
    `against ${result.baseline}, paired over ${result.replications} replications`,
    ...candidates.flatMap((variant) => verdictsOf(result, variant, paint)),
  ];
}

function verdictsOf(result: RunResult, variant: VariantResult, paint: Paint): readonly string[] {
  const lines: string[] = [];
  const compared = shortColumns(result).flatMap((column) => {
    const comparison = comparisonOf(result, variant.name, column.metric.id);
    return comparison === undefined ? [] : [{ column, comparison }];
  });
  for (const [verdict, colour] of [
    ["better", paint.good],
    ["worse", paint.bad],
    ["differs", paint.bold],
  ] as const) {
    const texts = compared
      .filter(({ comparison }) => comparison.verdict === verdict)
      .map(({ column, comparison }) => `${column.metric.title} ${differenceText(column, comparison)}`);
    if (texts.length > 0) lines.push(`    ${colour(verdict)}: ${texts.join(", ")}`);
  }
  const silent = compared.filter(({ comparison }) => comparison.verdict === "no difference shown");
  if (silent.length > 0) {
    const titles = silent.map(({ column }) => column.metric.title).join(", ");
    lines.push(`    no difference shown: ${silent.length === compared.length ? "any of these metrics" : titles}`);
  }
  const unknown = compared.filter(({ comparison }) => comparison.verdict === "no sample");
  if (unknown.length > 0) {
    const titles = unknown.map(({ column }) => column.metric.title).join(", ");
    lines.push(`    no sample: ${unknown.length === compared.length ? "any of these metrics" : titles}`);
  }
  return [`  ${variant.name}`, ...lines];
}

function expectationLines({ expectations = [] }: RunResult, paint: Paint): readonly string[] {
  if (expectations.length === 0) return [];
  const colours = { pass: paint.good, fail: paint.bad, inconclusive: paint.warning };
  return [
    `expectations (${verdictCount(expectations)})`,
    ...expectations.flatMap((each) => [
      `  ${colours[each.verdict](VERDICT_WORDS[each.verdict])}  ${each.text}  [${each.variant}]`,
      `        ${expectationReason(each)}`,
    ]),
  ];
}

function againstLines(result: RunResult, paint: Paint): readonly string[] {
  if (result.against === undefined) return [];
  const [head = "", ...lines] = baselineLines(result, result.against);
  return [head, ...lines.map((line) => `  ${line.replace(/^REGRESSION/, paint.bad("REGRESSION"))}`)];
}

function listed(title: string, lines: readonly string[], paint: (line: string) => string): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, LIST_LIMIT).map((line) => `  ${paint(line)}`);
  const more = lines.length > LIST_LIMIT ? [`  … and ${lines.length - LIST_LIMIT} more`] : [];
  return [`${title} (${lines.length})`, ...shown, ...more];
}
