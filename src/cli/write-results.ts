import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PreparedExperiment } from "../experiment/prepare.ts";
import type { RequestRows as KeptRows } from "../experiment/replication/replication-result.ts";
import type { RunOutcome } from "../experiment/run-experiment.ts";
import { OUTCOME_NAMES } from "../model/world-listener.ts";
import { membersCsv, timelineCsv } from "../report/formats/csv.ts";
import { renderHtml } from "../report/formats/html.ts";
import { renderJson } from "../report/formats/json.ts";
import { renderMarkdown } from "../report/formats/markdown.ts";
import { REQUESTS_HEADER, RequestRows } from "../report/formats/request-rows.ts";
import { PLAIN, renderText } from "../report/formats/text.ts";
import { writeAtomically } from "./host/files.ts";
import type { Output } from "./host/output.ts";
import { KnownError } from "./known-error.ts";

const FORMATS = ["text", "json", "html", "markdown", "timeline", "members", "requests"] as const;
type Format = (typeof FORMATS)[number];

/** A `--out FORMAT[=FILE]`; file "-" = stdout. */
export interface OutTarget {
  readonly format: Format;
  readonly file: string;
}

const VERDICTS = ["", "found", "missing"];

/** @throws KnownError for an unknown format. */
export function parseOut(text: string): OutTarget {
  const [name = "", ...rest] = text.split("=");
  const format = FORMATS.find((each) => each === name);
  if (format === undefined)
    throw new KnownError(
      "unknown-format",
      `--out ${text}: there is no format "${name}"`,
      `formats: ${FORMATS.join(", ")}; write --out FORMAT=FILE, - for stdout`,
    );
  return { format, file: rest.length === 0 ? "-" : rest.join("=") };
}

/** Writes the files that every run leaves; answers the path of the report. */
export function writeReports(outcome: RunOutcome, experiment: PreparedExperiment, folder: string): string {
  const files: readonly (readonly [string, Format])[] = [
    ["result.json", "json"],
    ["timeline.csv", "timeline"],
    ["members.csv", "members"],
    ["requests.csv", "requests"],
    ["report.html", "html"],
  ];
  const texts = files.map(([name, format]) => [name, render(outcome, experiment, format)] as const);
  for (const [name, text] of texts) writeAtomically(join(folder, name), text);
  return join(folder, "report.html");
}

export function writeOutputs(
  outcome: RunOutcome,
  experiment: PreparedExperiment,
  targets: readonly OutTarget[],
  output: Output,
): void {
  for (const { format, file } of targets) {
    const text = render(outcome, experiment, format);
    if (file === "-") output.out(text);
    else writeAtomically(file, text);
  }
}

function render({ result, replications }: RunOutcome, experiment: PreparedExperiment, format: Format): string {
  switch (format) {
    case "text":
      return renderText(result, { width: 120, paint: PLAIN });
    case "json":
      return renderJson(result);
    case "html":
      return renderHtml(result, readFileSync(new URL("../report/page/report-page.js", import.meta.url), "utf8"));
    case "markdown":
      return renderMarkdown(result);
    case "timeline":
      return timelineCsv(result);
    case "members":
      return membersCsv(result);
    default:
      return requestsCsv(
        result.variants.map(({ name }) => name),
        replications,
        experiment,
      );
  }
}

/** Rows of the first replication that was run, variant by variant. */
function requestsCsv(
  variants: readonly string[],
  replications: RunOutcome["replications"],
  experiment: PreparedExperiment,
): string {
  const table = new RequestRows();
  const decoder = new TextDecoder();
  const parts = [REQUESTS_HEADER];
  const classes = experiment.resolved.world.clients.classes.map(({ name }) => name);
  for (const [v, variant] of variants.entries()) {
    const rows = replications[v]?.[0]?.rows;
    if (rows) appendRows(table, variant, rows, classes);
    parts.push(decoder.decode(table.take()));
  }
  return parts.join("");
}

function appendRows(table: RequestRows, variant: string, rows: KeptRows, classes: readonly string[]): void {
  const rank = arrivalRanks(rows);
  for (let i = 0; i < rows.client.length; i++) {
    const status = rows.status[i] as number;
    table.append({
      variant,
      replication: 0,
      request: rank[i] as number,
      client: rows.client[i] as number,
      session: rows.session[i] as number,
      ordinal: rows.ordinal[i] as number,
      try: rows.tryNumber[i] as number,
      class: classes[rows.classIndex[i] as number] ?? "",
      startUs: rows.startUs[i] as number,
      endUs: rows.endUs[i] as number,
      attempts: rows.attempts[i] as number,
      members: rows.members[i] as string,
      status: status === 0 ? null : status,
      outcome: OUTCOME_NAMES[rows.outcome[i] as number] ?? "",
      sessionVerdict: VERDICTS[rows.session_verdict[i] as number] ?? "",
    });
  }
}

/** Request N is the N-th to start (design "a request's identity"); rows come in the order of their ends. */
function arrivalRanks(rows: KeptRows): number[] {
  const order = rows.startUs.map((_, i) => i).sort((a, b) => (rows.started[a] as number) - (rows.started[b] as number));
  const rank: number[] = new Array(order.length);
  for (const [r, i] of order.entries()) rank[i] = r;
  return rank;
}
