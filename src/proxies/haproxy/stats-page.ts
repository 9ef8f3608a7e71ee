import type { StatusTable } from "../../contract/proxy-machine.ts";
import type { Backend } from "./backend.ts";
import type { HealthChecks } from "./health-checks.ts";
import type { Frontend } from "./listeners.ts";
import { type Server, ServerState, slowstartSeconds } from "./server.ts";
import type { ServerStatus } from "./server-status.ts";

/** The stats page in the column names of its CSV (manual "management" 9.1, HAProxy 2.6). */
export function statsTables(
  nowUs: number,
  frontends: readonly Frontend[],
  backends: readonly Backend[],
  status: ServerStatus,
  checks: HealthChecks,
): readonly StatusTable[] {
  const front = frontends.map((frontend) => ({
    pxname: frontend.config.name,
    svname: "FRONTEND",
    scur: frontend.connections,
    smax: frontend.maxConnections,
    slim: frontend.maxconn,
    stot: frontend.sessions,
    status: frontend.config.disabled ? "STOP" : "OPEN",
  }));
  const tables = backends.map((backend) => ({
    title: backend.config.name,
    rows: [...backend.servers.map((server) => rowOf(nowUs, server, status, checks)), totalOf(backend)],
  }));
  return front.length === 0 ? tables : [{ title: "Frontends", rows: front }, ...tables];
}

function rowOf(nowUs: number, server: Server, status: ServerStatus, checks: HealthChecks): StatusTable["rows"][number] {
  const { config, backend } = server;
  const isDown = !server.isStanding;
  const downUs = server.downtimeUs + (isDown ? nowUs - server.lastChangeUs : 0);
  return {
    pxname: backend.config.name,
    svname: config.name,
    qcur: server.queue.size,
    qmax: server.maxQueue,
    scur: server.served,
    smax: server.maxSessions,
    slim: config.maxconn === 0 ? "" : config.maxconn,
    stot: server.sessions,
    econ: server.connectErrors,
    eresp: server.responseErrors,
    wretr: server.retries,
    wredis: server.redispatches,
    status: status.wordOf(server),
    weight: backend.isDynamic ? Math.ceil(server.weight / 16) : server.userWeight,
    act: config.backup ? 0 : 1,
    bck: config.backup ? 1 : 0,
    chkfail: config.check.enabled ? server.failedChecks : "",
    chkdown: config.check.enabled ? server.downs : "",
    lastchg: Math.max(0, Math.floor((nowUs - server.lastChangeUs) / 1_000_000)),
    downtime: Math.floor(downUs / 1_000_000),
    throttle: throttleOf(server),
    lbtot: server.elected,
    check_status: config.check.enabled ? checks.codeOf(server.member) : "",
    hrsp_2xx: server.statuses[2] as number,
    hrsp_3xx: server.statuses[3] as number,
    hrsp_4xx: server.statuses[4] as number,
    hrsp_5xx: server.statuses[5] as number,
  };
}

/** Percentage of a slow start. */
function throttleOf(server: Server): string | number {
  if (server.state !== ServerState.STARTING) return "";
  const seconds = slowstartSeconds(server.config.slowstartUs);
  return Math.max(1, Math.floor((100 * (server.backend.second - server.upSecond)) / seconds));
}

function totalOf(backend: Backend): StatusTable["rows"][number] {
  return {
    pxname: backend.config.name,
    svname: "BACKEND",
    qcur: backend.queue.size,
    qmax: backend.maxQueue,
    scur: backend.connections,
    smax: backend.maxSessions,
    slim: backend.config.fullconn,
    stot: backend.sessions,
    status: backend.totalWeight > 0 ? "UP" : "DOWN",
    weight: backend.isDynamic ? Math.ceil(backend.totalWeight / 16) : backend.totalWeight,
    act: backend.usableActive,
    bck: backend.usableBackup,
  };
}
