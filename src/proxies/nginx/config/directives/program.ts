import type { Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { parseNumber } from "../unit-values.ts";

/** Source: ngx_set_worker_processes, nginx 1.22.1. */
const workerProcesses: Handler = ({ scope, args }) => {
  if (scope.has("worker_processes")) return "is duplicate";
  const [value = ""] = args;
  return value !== "auto" && parseNumber(value) === null ? "invalid value" : undefined;
};

/** Source: ngx_event_connections, nginx 1.22.1. */
const workerConnections: Handler = ({ scope, node, args }) => {
  if (scope.has("worker_connections")) return "is duplicate";
  const [value = ""] = args;
  if (parseNumber(value) === null) throw refuse(node, `invalid number "${value}"`, 1);
  return undefined;
};

/** Source: ngx_event_use, nginx 1.22.1 on Linux. */
const use: Handler = ({ scope, node, args }) => {
  if (scope.has("use")) return "is duplicate";
  const [method = ""] = args;
  if (!["epoll", "poll", "select"].includes(method)) throw refuse(node, `invalid event type "${method}"`, 1);
  return undefined;
};

const loadModule: Handler = ({ reader, scope, node, args }) => {
  const [file = ""] = args;
  if (scope.ownUses("load_module").some((each) => each.args[0] === file)) {
    throw refuse(node, `module "${file}" is already loaded`, 1);
  }
  reader.loadsModules = true;
  return undefined;
};

/** access_log names a format that log_format must have defined before. Source: ngx_http_log_set_log, nginx 1.22.1. */
const accessLog: Handler = ({ scope, node, args }) => {
  const [path = "", format] = args;
  if (path === "off" && args.length === 1) return undefined;
  if (format === undefined || format === "combined" || format.includes("=") || path.startsWith("syslog:"))
    return undefined;
  const isKnown = scope.uses("log_format").some((each) => each.args[0] === format);
  if (!isKnown) throw refuse(node, `unknown log format "${format}"`, 2);
  return undefined;
};

const LEVELS = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"];

/** Source: ngx_log_set_levels, nginx 1.22.1. */
const errorLog: Handler = ({ node, args }) => {
  for (const [i, level] of args.slice(1).entries()) {
    if (!LEVELS.includes(level) && !level.startsWith("debug_"))
      throw refuse(node, `invalid log level "${level}"`, i + 2);
  }
  return undefined;
};

export const PROGRAM: readonly (readonly [string, Handler])[] = [
  ["worker_processes", workerProcesses],
  ["worker_connections", workerConnections],
  ["use", use],
  ["load_module", loadModule],
  ["access_log", accessLog],
  ["error_log", errorLog],
];
