import type { Trace, TraceRequest } from "./trace.ts";

/** The first thing in which a replay differs from the recording. */
export interface Difference {
  /** Index of the request, or null when the whole case differs. */
  readonly request: number | null;
  readonly what: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

export interface CompareRules {
  readonly manager: boolean;
  readonly bytes: boolean;
  readonly timing: boolean;
  readonly toleranceMs: number;
}

const MANAGER_COLUMNS = ["Worker URL", "Route", "RouteRedir", "Factor", "Set", "Status", "Elected", "Busy", "Load"];
const PLAIN_FIELDS = [
  "attempts",
  "unreached",
  "served_by",
  "status",
  "set_cookie",
  "error",
  "backend_url",
  "headers",
  "backend_headers",
  "body",
] as const;

/** Compares by the rules of golden/FORMAT.md ("What is compared"). Answers null when they agree. */
export function compareTrace(recorded: Trace, replayed: Trace, rules: CompareRules): Difference | null {
  const config = compareConfig(recorded, replayed);
  if (config !== null) return config;
  if (recorded.config_error !== undefined) return null;
  for (const [i, expected] of recorded.requests.entries()) {
    const actual = replayed.requests[i];
    if (actual === undefined) return { request: i, what: "request", recorded: expected, replayed: null };
    const difference =
      expected.manager === undefined
        ? compareRequest(expected, actual, rules)
        : rules.manager
          ? compareManager(expected, actual, rules)
          : null;
    if (difference !== null) return difference;
  }
  return rules.timing ? compareIdleClosed(recorded, replayed, rules.toleranceMs) : null;
}

function compareConfig(recorded: Trace, replayed: Trace): Difference | null {
  const expected = recorded.config_error === undefined ? null : normalised(recorded.config_error.text);
  const actual = replayed.config_error === undefined ? null : normalised(replayed.config_error.text);
  if (expected !== actual)
    return {
      request: null,
      what: "config_error",
      recorded: recorded.config_error?.text ?? null,
      replayed: replayed.config_error?.text ?? null,
    };
  if (recorded.config_error?.at !== replayed.config_error?.at)
    return {
      request: null,
      what: "config_error.at",
      recorded: recorded.config_error?.at ?? "syntax",
      replayed: replayed.config_error?.at ?? "syntax",
    };
  const warned = normalised(recorded.config_warnings ?? "");
  const warns = normalised(replayed.config_warnings ?? "");
  if (warned !== warns)
    return {
      request: null,
      what: "config_warnings",
      recorded: recorded.config_warnings ?? null,
      replayed: replayed.config_warnings ?? null,
    };
  return null;
}

/** Line numbers, file names, time stamps and process ids are not compared, nor the closing "test failed" line. */
function normalised(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^(Action '.*' failed\.|The Apache error log may have more information\.)$/.test(line))
    .filter((line) => !/^nginx: configuration file .* test failed$/.test(line))
    .map((line) =>
      line
        // Includes, of the recorder's own file too, each put their line in front.
        .replace(/^apache2: (?:Syntax error on line \d+ of \S+: )+/, "apache2: Syntax error on line N of FILE: ")
        .replace(/ on line \d+ of .*?:$/, " on line N of FILE:")
        // HAProxy: [haproxy.cfg:21]
        .replace(/\[[^\]\s]+:\d+\]/g, "[FILE:N]")
        .replace(/^nginx: /, "")
        .replace(/\{\{dir\}\}\/(Caddyfile|proxy\.conf):\d+/g, "FILE:N")
        .replace(/^\[[A-Z][a-z]{2} [A-Z][a-z]{2} .*?\] /, "")
        .replace(/\[pid [^\]]*\] /g, "")
        .trim(),
    )
    .join("\n")
    .trim();
}

function compareRequest(recorded: TraceRequest, replayed: TraceRequest, rules: CompareRules): Difference | null {
  for (const field of PLAIN_FIELDS) {
    const expected = recorded[field];
    if (expected === undefined && field !== "unreached" && field !== "error") continue;
    if (!same(expected, replayed[field]))
      return { request: recorded.i, what: field, recorded: expected ?? null, replayed: replayed[field] ?? null };
  }
  return rules.timing ? compareTiming(recorded, replayed, rules.toleranceMs) : null;
}

function compareTiming(recorded: TraceRequest, replayed: TraceRequest, toleranceMs: number): Difference | null {
  const differs = (what: keyof TraceRequest): Difference => ({
    request: recorded.i,
    what,
    recorded: recorded[what] ?? null,
    replayed: replayed[what] ?? null,
  });
  if (recorded.wait_class !== undefined && recorded.wait_class !== replayed.wait_class) return differs("wait_class");
  if (recorded.reused !== undefined && recorded.reused !== replayed.reused) return differs("reused");
  if (recorded.finish_ms !== undefined && !near(recorded.finish_ms, replayed.finish_ms, toleranceMs))
    return differs("finish_ms");
  const starts = recorded.start_ms ?? [];
  const replayedStarts = replayed.start_ms ?? [];
  if (recorded.start_ms === undefined) return null;
  if (starts.length !== replayedStarts.length || starts.some((at, i) => !near(at, replayedStarts[i], toleranceMs)))
    return differs("start_ms");
  return null;
}

function compareIdleClosed(recorded: Trace, replayed: Trace, toleranceMs: number): Difference | null {
  const expected = byPlace(recorded.idle_closed ?? []);
  const actual = byPlace(replayed.idle_closed ?? []);
  const agrees =
    expected.length === actual.length &&
    expected.every((close, i) => {
      const other = actual[i];
      return (
        other !== undefined &&
        close.client === other.client &&
        close.after === other.after &&
        near(close.at_ms, other.at_ms, toleranceMs)
      );
    });
  return agrees ? null : { request: null, what: "idle_closed", recorded: expected, replayed: actual };
}

/** Connections that close at the same instant may be noted in any order. */
function byPlace<T extends { readonly client: string; readonly after: number }>(closes: readonly T[]): T[] {
  return [...closes].sort((a, b) => (a.after !== b.after ? a.after - b.after : a.client < b.client ? -1 : 1));
}

function compareManager(recorded: TraceRequest, replayed: TraceRequest, rules: CompareRules): Difference | null {
  const columns = rules.bytes ? [...MANAGER_COLUMNS, "ToBytes", "FromBytes"] : MANAGER_COLUMNS;
  const expected = recorded.manager ?? [];
  const actual = replayed.manager ?? [];
  if (expected.length !== actual.length)
    return { request: recorded.i, what: "manager rows", recorded: expected.length, replayed: actual.length };
  for (const [i, row] of expected.entries()) {
    const other = actual[i] as Readonly<Record<string, unknown>>;
    if (row.balancer_row !== undefined) {
      if (!same(row.balancer_row, other.balancer_row))
        return {
          request: recorded.i,
          what: `manager row ${i}`,
          recorded: row.balancer_row,
          replayed: other.balancer_row ?? null,
        };
      continue;
    }
    for (const column of columns)
      if (row[column] !== undefined && !same(row[column], other[column]))
        return {
          request: recorded.i,
          what: `manager ${String(row["Worker URL"])} ${column}`,
          recorded: row[column],
          replayed: other[column] ?? null,
        };
  }
  return null;
}

function near(recorded: number, replayed: number | undefined, toleranceMs: number): boolean {
  return replayed !== undefined && Math.abs(recorded - replayed) <= Math.max(100, toleranceMs);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
