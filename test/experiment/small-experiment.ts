import type { ReadHost } from "../../src/contract/proxy-family.ts";
import type { Executor } from "../../src/experiment/executor.ts";
import { type PreparedExperiment, prepareExperiment } from "../../src/experiment/prepare.ts";
import { type InlinedExperiment, type ReplicationTask, recordingHost, runTask } from "../../src/experiment/task.ts";

export const HTTPD_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 route=node1
    BalancerMember http://10.0.0.2:8080 route=node2
    ProxySet stickysession=JSESSIONID
</Proxy>
ProxyPass /shop balancer://shop/shop
`;

export const SCENARIO = `proxy: httpd.conf
clients:
  sessions: {rate: 5/s, requests: 4, think: {exponential: {mean: 1s}}}
backends:
  default: {service: {exponential: {mean: 20ms}}}
faults:
  - {at: 5s, crash: node2, for: 5s}
duration: 20s
warm-up: 2s
variants: {lbmethod: [byrequests, bybusyness]}
`;

export function hostWith(files: Readonly<Record<string, string>>): ReadHost {
  return { load: (path) => files[path] ?? null, list: () => [], env: {} };
}

/** A prepared experiment with its inlined form; throws with the problems when it can't be used. */
export function experimentOf(
  text = SCENARIO,
  files: Readonly<Record<string, string>> = { "httpd.conf": HTTPD_CONF },
  overrides: readonly string[] = [],
): { readonly experiment: PreparedExperiment; readonly inlined: InlinedExperiment } {
  const input = { file: "small.yaml", text, overrides, seed: null };
  const recording = recordingHost(hostWith(files));
  const { experiment, problems } = prepareExperiment(input, recording.host);
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("; "));
  return { experiment, inlined: recording.inline(input) };
}

/** Runs tasks in this thread, after a trip through JSON, optionally in another order; stops after `limit`. */
export function plainExecutor(
  limit = Number.POSITIVE_INFINITY,
  order: (count: number) => readonly number[] = (count) => Array.from({ length: count }, (_, i) => i),
): Executor {
  return {
    run: async <Task, Result>(
      tasks: readonly Task[],
      onDone?: (finished: number, index: number, result: Result) => void,
    ) => {
      const results: (Result | undefined)[] = new Array(tasks.length).fill(undefined);
      let finished = 0;
      for (const i of order(tasks.length)) {
        if (finished >= limit) break;
        const task = JSON.parse(JSON.stringify(tasks[i])) as ReplicationTask;
        const result = JSON.parse(JSON.stringify(runTask(task))) as Result;
        results[i] = result;
        onDone?.(++finished, i, result);
      }
      return results;
    },
  };
}
