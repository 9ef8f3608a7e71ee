import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { readCase } from "../../src/drive/replay/recorded-case.ts";
import { replayCase } from "../../src/drive/replay/replay-case.ts";
import type { Trace, TraceRequest } from "../../src/drive/replay/trace.ts";

type Json = Readonly<Record<string, unknown>>;

/** Plays a script of its own: backends node1, node2 … by mode or phases, requests at "/" of a client c1 unless said otherwise. */
export function played(
  family: ProxyFamily,
  conf: string,
  backends: readonly (string | Json | readonly Json[])[],
  requests: readonly Json[],
  more: Json = {},
): Trace {
  const script = {
    proxy: family.name,
    wait: "sequential",
    ...more,
    backends: backends.map((behaviour, i) => ({
      name: `node${i + 1}`,
      behaviour: typeof behaviour === "string" ? [{ mode: behaviour }] : [behaviour].flat(),
    })),
    requests: requests.map((request) => ({ at_ms: 0, client: "c1", ...request })),
  };
  return replayCase(readCase(JSON.stringify(script), "own script"), { conf, requestBytes: [] }, family);
}

/** "1!2 200": node1 was tried and not reached, then node2, and the client got 200. */
function told({ attempts = [], unreached = [], status }: TraceRequest): string {
  return `${attempts.map((name, i) => name.replace("node", "") + (unreached.includes(i) ? "!" : "")).join("")} ${status}`;
}

/** What the requests of a script came to. */
export function outcomes(...script: Parameters<typeof played>): readonly string[] {
  const { requests, config_error: error } = played(...script);
  if (error !== undefined) throw new Error(error.text);
  return requests.map(told);
}

/** So many requests without anything special. */
export function plain(count: number): readonly Json[] {
  return Array.from({ length: count }, () => ({}));
}
