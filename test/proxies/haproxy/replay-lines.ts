import type { ProxyFamily } from "../../../src/contract/proxy-family.ts";
import { readCase } from "../../../src/drive/replay/recorded-case.ts";
import { replayCase } from "../../../src/drive/replay/replay-case.ts";
import type { TraceRequest } from "../../../src/drive/replay/trace.ts";
import { HAPROXY } from "../../../src/proxies/haproxy/haproxy-family.ts";

/** A case of its own, run through the one driver: `lines` = proxy.conf, the rest as a case.json has it. */
export function replayLines(
  lines: readonly string[],
  backends: Readonly<Record<string, object>>,
  requests: readonly object[],
  more: object = {},
): readonly TraceRequest[] {
  const script = {
    name: "own",
    proxy: "haproxy",
    backends: Object.entries(backends).map(([name, behaviour]) => ({
      name,
      behaviour: Array.isArray(behaviour) ? behaviour : [behaviour],
    })),
    requests: requests.map((each) => ({ at_ms: 0, client: "c", path: "/", cookies: null, ...each })),
    ...more,
  };
  const conf = `${lines.join("\n")}\n`;
  return replayCase(readCase(JSON.stringify(script), "own"), { conf, requestBytes: [] }, HAPROXY as ProxyFamily)
    .requests;
}

/** Front half and timeouts of most cases, then the lines of the backend. */
export function withFrontend(...backend: readonly string[]): readonly string[] {
  return [
    "defaults",
    "mode http",
    "timeout client 30s",
    "timeout connect 1s",
    "timeout server 5s",
    "timeout queue 5s",
    "frontend fe",
    "bind {{listen}}",
    "default_backend app",
    "backend app",
    ...backend,
  ];
}

/** Servers a, b, … at the case's backends of these names, with their own words. */
export function server(name: string, words = ""): string {
  return `server ${name} {{${name}}} ${words}`;
}

export function servedBy(requests: readonly TraceRequest[]): string {
  return requests.map(({ served_by: by, status }) => by ?? status).join(" ");
}
