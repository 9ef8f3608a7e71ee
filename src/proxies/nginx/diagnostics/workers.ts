import { note, warning } from "../../shared/diagnostic.ts";
import { plainText } from "../config/compile-template.ts";
import { type Diagnostic, perPassing, perUpstream, whereProxied } from "./diagnostic.ts";

const assumedProcessors: Diagnostic = note(
  "worker-processes-assumed",
  "worker_processes auto is simulated with a fixed number of processes",
  ({ config, reader }) => {
    const [use] = reader.draft.mainScope?.ownUses("worker_processes") ?? [];
    if (use?.args[0] !== "auto") return [];
    const message = `worker_processes auto counts as ${config.workerProcesses}: the file does not say how many processors there are`;
    return [{ message, hint: "write the number", position: use.position }];
  },
);

const perWorker: Diagnostic = note(
  "state-per-worker",
  "without zone every worker process balances for itself",
  perUpstream(({ name, zone, servers, position }, { config }) => {
    const { workerProcesses: workers } = config;
    if (zone !== null || workers < 2 || servers.length < 2) return null;
    if (servers.some(({ maxConns }) => maxConns > 0)) return null;
    const message = `${name} has no zone: each of ${workers} workers has its own round robin, connection counts and bans (a dead server costs up to ${workers} × max_fails requests)`;
    return { message, hint: `zone ${name} 64k; shares them`, position };
  }),
);

const maxConnsPerWorker: Diagnostic = warning(
  "max-conns-per-worker",
  "without zone max_conns holds for each worker process",
  perUpstream(({ name, zone, servers }, { config }) => {
    const { workerProcesses: workers } = config;
    const limited = servers.find(({ maxConns }) => maxConns > 0);
    if (zone !== null || workers < 2 || limited === undefined) return null;
    const message = `max_conns=${limited.maxConns} of ${limited.text} holds per worker: ${workers} workers let ${workers * limited.maxConns} connections through`;
    return { message, hint: `zone ${name} 64k; makes it hold for all`, position: limited.position };
  }),
);

const keepaliveUnused: Diagnostic = warning(
  "keepalive-without-http-1-1",
  "upstream keepalive needs HTTP/1.1 and an empty Connection header",
  perPassing((passing) => {
    const { upstream, location } = passing;
    const connection = location.settings.setHeaders.find(({ name }) => name.toLowerCase() === "connection");
    const value = connection === undefined ? "close" : plainText(connection.value);
    const closes = value !== null && value.toLowerCase() === "close";
    if (upstream.keepalive === null || (location.settings.httpVersion === "1.1" && !closes)) return null;
    const message = `keepalive of ${upstream.name} keeps nothing: requests go out as HTTP/${location.settings.httpVersion} with Connection: ${value ?? ""}`;
    const hint = 'proxy_http_version 1.1; proxy_set_header Connection "";';
    return { message, hint, position: whereProxied(passing) };
  }),
);

const websockets: Diagnostic = warning(
  "websocket-needs-http-1-1",
  "Upgrade is passed on over HTTP/1.0, which no WebSocket server accepts",
  perPassing((passing) => {
    const { settings } = passing.location;
    const upgrade = settings.setHeaders.find(({ name }) => name.toLowerCase() === "upgrade");
    if (upgrade === undefined || settings.httpVersion === "1.1") return null;
    const message = "proxy_set_header Upgrade without proxy_http_version 1.1: the upgrade fails";
    return { message, hint: "add proxy_http_version 1.1;", position: whereProxied(passing) };
  }),
);

const fewConnections: Diagnostic = warning(
  "few-worker-connections",
  "worker_connections leaves room for very few requests",
  ({ config, reader }) => {
    const free = config.workerConnections - config.listeningSockets.length - (config.masterProcess ? 1 : 0);
    const [use] = reader.draft.eventsScope?.ownUses("worker_connections") ?? [];
    if (use === undefined || free >= 100) return [];
    const message = `worker_connections ${config.workerConnections} leaves ${free} places a worker: ${Math.floor(free / 2)} proxied requests at once (two places each); nginx turns away what is more, it has no queue`;
    return [{ message, hint: null, position: use.position }];
  },
);

export const WORKERS: readonly Diagnostic[] = [
  assumedProcessors,
  perWorker,
  maxConnsPerWorker,
  keepaliveUnused,
  websockets,
  fewConnections,
];
