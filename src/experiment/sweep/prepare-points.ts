import type { Position, Problem } from "../../contract/problem.ts";
import type { ReadHost } from "../../contract/proxy-family.ts";
import { type ExperimentInput, type PreparedExperiment, prepareExperiment } from "../prepare.ts";
import { type InlinedExperiment, recordingHost } from "../task.ts";
import { writeValue } from "./range-values.ts";
import type { SweepAxis } from "./sweep-axis.ts";
import type { SweepPoint } from "./sweep-design.ts";

/** A point ready to run. */
export interface PreparedPoint {
  readonly values: SweepPoint;
  readonly experiment: PreparedExperiment;
  readonly inlined: InlinedExperiment;
}

/** A problem and the text of the option that its position points into. */
export interface PointProblem {
  readonly problem: Problem;
  readonly optionText: string;
}

/**
 * Prepares every point, so that a value that can't be used is told before the run and not in its middle. Problems
 * are those of the first point that has errors, placed in the option that its value comes from.
 */
export function preparePoints(
  base: ExperimentInput,
  axes: readonly SweepAxis[],
  points: readonly SweepPoint[],
  host: ReadHost,
  option: string,
): { readonly points: readonly PreparedPoint[]; readonly problems: readonly PointProblem[] } {
  const prepared: PreparedPoint[] = [];
  for (const values of points) {
    const made = preparePoint(base, axes, values, host, option);
    if (made.point === null) return { points: [], problems: made.problems };
    prepared.push(made.point);
  }
  return { points: prepared, problems: [] };
}

function preparePoint(
  base: ExperimentInput,
  axes: readonly SweepAxis[],
  values: SweepPoint,
  host: ReadHost,
  option: string,
): { readonly point: PreparedPoint | null; readonly problems: readonly PointProblem[] } {
  const overrides: string[] = [];
  for (const [i, axis] of axes.entries())
    try {
      overrides.push(...axis.target.overrides(values[i] ?? ""));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { point: null, problems: [ofValue(axis, error.message, values[i] ?? "", option)] };
    }
  const input = { ...base, overrides: [...base.overrides, ...overrides] };
  const recording = recordingHost(host);
  const { experiment, problems } = prepareExperiment(input, recording.host);
  if (experiment !== null) return { point: { values, experiment, inlined: recording.inline(input) }, problems: [] };
  const errors = problems.filter(({ severity }) => severity === "error");
  // What several variants have in common is said once.
  const different = errors.filter((error, i) => errors.findIndex((other) => isSame(error, other)) === i);
  return { point: null, problems: different.map((error) => blame(error, base, axes, values, host, option)) };
}

function isSame(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.message === b.message;
}

/** The axis whose value alone makes the same complaint is the one that is meant. */
function blame(
  error: Problem,
  base: ExperimentInput,
  axes: readonly SweepAxis[],
  values: SweepPoint,
  host: ReadHost,
  option: string,
): PointProblem {
  const guilty = axes.findIndex((axis, i) => {
    const input = { ...base, overrides: [...base.overrides, ...axis.target.overrides(values[i] ?? "")] };
    return prepareExperiment(input, host).problems.some((other) => isSame(error, other));
  });
  const axis = axes[guilty];
  if (axis === undefined) return { problem: { ...error, position: null }, optionText: "" };
  const [written, said] = asWritten(error, base, axis, values[guilty] ?? "", host);
  return { problem: { ...said, position: placeIn(axis, said, written, option) }, optionText: axis.text };
}

/** The same complaint about the end of the range that the user wrote, where it has one: better than about a value drawn from it. */
function asWritten(
  error: Problem,
  base: ExperimentInput,
  axis: SweepAxis,
  value: string,
  host: ReadHost,
): readonly [value: string, error: Problem] {
  if (axis.range === null) return [value, error];
  const end = writeValue(axis.range, axis.range.from);
  const { problems } = prepareExperiment(
    { ...base, overrides: [...base.overrides, ...axis.target.overrides(end)] },
    host,
  );
  const same = problems.find(({ code }) => code === error.code);
  return same === undefined ? [value, error] : [end, same];
}

/** Complaints about the key of an axis whose values are not settled yet. */
export function keyProblems(
  base: ExperimentInput,
  axis: SweepAxis,
  host: ReadHost,
  option: string,
): readonly PointProblem[] {
  const value = axis.range === null ? (axis.values[0] ?? "") : writeValue(axis.range, axis.range.from);
  return preparePoints(base, [axis], [[value]], host, option).problems.filter(({ problem }) => isAboutKey(problem));
}

function isAboutKey({ code }: Problem): boolean {
  return code === "unknown-key" || code === "unknown-setting" || code === "ambiguous-setting";
}

function ofValue(axis: SweepAxis, message: string, value: string, option: string): PointProblem {
  const problem: Problem = { code: "bad-sweep", severity: "error", message, hint: null, position: null };
  return { problem: { ...problem, position: valuePosition(axis, value, option) }, optionText: axis.text };
}

/** A complaint about the key is shown at the key, any other at the value, or at the range that gave it. */
function placeIn(axis: SweepAxis, error: Problem, value: string, option: string): Position {
  return isAboutKey(error)
    ? { file: option, line: 1, column: 1, length: axis.key.length }
    : valuePosition(axis, value, option);
}

function valuePosition({ text, valuesAt }: SweepAxis, value: string, option: string): Position {
  const found = text.indexOf(value, valuesAt);
  const length = found < 0 ? text.length - valuesAt : value.length;
  return { file: option, line: 1, column: (found < 0 ? valuesAt : found) + 1, length: Math.max(1, length) };
}
