import { shiftByWarmUp } from "../config/resolve/shift-by-warm-up.ts";
import type { ReadHost } from "../contract/proxy-family.ts";
import { filmReplication } from "./film/film-replication.ts";
import { type ExperimentInput, type PreparedExperiment, prepareExperiment } from "./prepare.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import { runReplication } from "./run-replication.ts";

/** Everything that an experiment reads, inlined: a task runs anywhere. */
export interface InlinedExperiment {
  readonly input: ExperimentInput;
  readonly texts: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly env: Readonly<Record<string, string>>;
}

/** One replication of one variant as plain JSON. */
export interface ReplicationTask {
  readonly experiment: InlinedExperiment;
  readonly variant: number;
  readonly replication: number;
  /** Added in front of the observed time; 0 = the scenario's own world. */
  readonly warmUpUs: number;
  readonly binUs: number;
  readonly keepRows: boolean;
  /** Rows that are kept at most; absent = 200,000. */
  readonly mostRows?: number;
  readonly withoutFaults: boolean;
  /** Requests that a film of the replication holds at most; absent = no film. */
  readonly filmed?: number;
}

/** A host that answers from inlined texts. */
export function inlinedHost({ texts, lists, env }: InlinedExperiment): ReadHost {
  return {
    load: (path) => (Object.hasOwn(texts, path) ? (texts[path] ?? null) : null),
    list: (pattern) => (Object.hasOwn(lists, pattern) ? (lists[pattern] ?? []) : []),
    env,
  };
}

/** Wraps a host and keeps all it was asked for, so that the same can be asked again elsewhere. */
export function recordingHost(host: ReadHost): {
  readonly host: ReadHost;
  inline(input: ExperimentInput): InlinedExperiment;
} {
  const texts: Record<string, string> = {};
  const lists: Record<string, readonly string[]> = {};
  const env: Record<string, string> = {};
  return {
    host: {
      load: (path) => {
        const text = host.load(path);
        if (text !== null) texts[path] = text;
        return text;
      },
      list: (pattern) => {
        const found = host.list(pattern);
        lists[pattern] = found;
        return found;
      },
      env: new Proxy(host.env, {
        get: (all, name) => {
          const value = typeof name === "string" ? all[name] : undefined;
          if (typeof name === "string" && value !== undefined) env[name] = value;
          return value;
        },
      }),
    },
    inline: (input) => ({ input, texts, lists, env }),
  };
}

let lastKey: InlinedExperiment | null = null;
let lastPrepared: PreparedExperiment | null = null;

/** Runs a task; the experiment is read once and kept while tasks of the same one follow. */
export function runTask(task: ReplicationTask): ReplicationResult {
  if (lastKey === null || lastPrepared === null || !sameExperiment(lastKey, task.experiment)) {
    lastPrepared = prepareExperiment(task.experiment.input, inlinedHost(task.experiment)).experiment;
    lastKey = task.experiment;
  }
  const prepared = lastPrepared;
  const variant = prepared?.variants[task.variant];
  if (prepared === null || variant === undefined) throw new Error("a task holds an experiment that can be prepared");
  const { world } = prepared.resolved;
  const faultless = task.withoutFaults ? { ...world, faults: [] } : world;
  const options = {
    world: task.warmUpUs > 0 ? shiftByWarmUp(faultless, task.warmUpUs) : faultless,
    binUs: task.binUs,
    keepRows: task.keepRows,
    ...(task.mostRows === undefined ? {} : { mostRows: task.mostRows }),
  };
  if (task.filmed !== undefined) return filmReplication(prepared, variant, task.replication, options, task.filmed);
  const result = runReplication(prepared, variant, task.replication, options);
  if (result === null) throw new Error("a task runs to its end");
  return result;
}

function sameExperiment(a: InlinedExperiment, b: InlinedExperiment): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
