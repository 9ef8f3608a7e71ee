import type { RandomSource } from "../../../src/contract/proxy-machine.ts";
import { Backend } from "../../../src/proxies/haproxy/backend.ts";
import { readHaproxyCfg } from "../../../src/proxies/haproxy/config/read-haproxy-cfg.ts";
import { Server } from "../../../src/proxies/haproxy/server.ts";

const NO_CHANCE: RandomSource = {
  next: () => 0.5,
  nextInt: () => 0,
};

/** A backend read from the lines of its section, with its servers. */
export function buildBackend(lines: readonly string[], random: RandomSource = NO_CHANCE): Backend {
  const text = [
    "defaults",
    " mode http",
    "frontend fe",
    " bind :80",
    " default_backend be",
    "backend be",
    ...lines,
  ].join("\n");
  const { config, refusal } = readHaproxyCfg(
    "haproxy.cfg",
    `${text}\n`,
    { load: () => null, list: () => [], env: {} },
    {},
  );
  if (config === null) throw new Error(refusal?.text ?? "refused");
  const section = config.backends[0];
  if (section === undefined) throw new Error("no backend");
  const backend = new Backend(section, 0);
  for (const [i, server] of section.servers.entries())
    backend.servers.push(new Server(server, backend, i, i, server.cookie));
  backend.build(random);
  return backend;
}

/** Names of the servers that the algorithm picks one after the other, nothing in flight. */
export function picks(backend: Backend, count: number): string {
  return Array.from({ length: count }, () => backend.method.pick(null, null)?.config.name ?? "-").join(" ");
}

/** Takes a slot, as a request in flight does. */
export function take(backend: Backend, index: number, by: number): void {
  const server = backend.servers[index] as Server;
  server.served += by;
  backend.served += by;
  backend.loadChanged(server);
}
