import type { LimitsConfig } from "./apache-config.ts";
import type { ConfigDraft } from "./drafts.ts";

/** httpd's own values where neither the file nor the caller says anything (event MPM, spec/apache.md 20.7). */
const HTTPD_DEFAULTS: LimitsConfig = {
  serverLimit: 16,
  startServers: 3,
  threadLimit: 64,
  threadsPerChild: 25,
  maxRequestWorkers: 400,
  minSpareThreads: 75,
  maxSpareThreads: 250,
  asyncFactor: 2,
  listenBacklog: 511,
  requestHeadTimeoutUs: null,
};

const MOST_SERVERS = 20_000;
const MOST_THREADS = 100_000;
/** mod_reqtimeout's own value when it is loaded and the file is silent. */
const HEAD_TIMEOUT_US = 20_000_000;

/** The limits with httpd's corrections, and the warnings that it prints on the way, in its order (event_check_config). */
export function serverLimits(
  draft: ConfigDraft,
  defaults: Partial<LimitsConfig>,
  reqtimeoutChosen: boolean,
): { readonly limits: LimitsConfig; readonly warnings: readonly string[] } {
  const start = { ...HTTPD_DEFAULTS, ...defaults, ...draft.limits };
  const warnings: string[] = [];
  const warn = (number: string, text: string) => warnings.push(`AH${number}: WARNING: ${text}`);
  const atLeastOne = (value: number, name: string, number: string, tail = ""): number => {
    if (value >= 1) return value;
    warn(number, `${name} of ${value} not allowed, increasing to 1${tail}.`);
    return 1;
  };

  let serverLimit = start.serverLimit;
  if (serverLimit > MOST_SERVERS) {
    warn("00497", tooMany("ServerLimit", serverLimit, MOST_SERVERS, "servers"));
    serverLimit = MOST_SERVERS;
  } else serverLimit = atLeastOne(serverLimit, "ServerLimit", "00499");

  let threadLimit = start.threadLimit;
  if (threadLimit > MOST_THREADS) {
    warn("00502", tooMany("ThreadLimit", threadLimit, MOST_THREADS, "threads"));
    threadLimit = MOST_THREADS;
  } else threadLimit = atLeastOne(threadLimit, "ThreadLimit", "00504");

  let threads = start.threadsPerChild;
  if (threads > threadLimit) {
    const change = `exceeds ThreadLimit of ${threadLimit} threads, decreasing to ${threadLimit}`;
    warn("00507", `ThreadsPerChild of ${threads} ${change}. To increase, please see the ThreadLimit directive.`);
    threads = threadLimit;
  } else threads = atLeastOne(threads, "ThreadsPerChild", "00509");

  const workers = correctedWorkers(start.maxRequestWorkers, threads, serverLimit, warn);
  const startServers = atLeastOne(start.startServers, "StartServers", "00517");
  const tail = " to avoid almost certain server failure. Please read the documentation";
  const minSpareThreads = atLeastOne(start.minSpareThreads, "MinSpareThreads", "00519", tail);
  const limits: LimitsConfig = {
    serverLimit,
    startServers: Math.min(startServers, workers / threads),
    threadLimit,
    threadsPerChild: threads,
    maxRequestWorkers: workers,
    minSpareThreads,
    // Silently raised when the server starts (event_run), so that processes are not started and ended in turn.
    maxSpareThreads: Math.max(start.maxSpareThreads, minSpareThreads + threads),
    asyncFactor: Math.max(1, Math.trunc(start.asyncFactor)),
    listenBacklog: start.listenBacklog,
    requestHeadTimeoutUs: headTimeout(draft, defaults, reqtimeoutChosen),
  };
  return { limits, warnings };
}

function tooMany(name: string, value: number, most: number, unit: string): string {
  return `${name} of ${value} exceeds compile-time limit of ${most} ${unit}, decreasing to ${most}.`;
}

function correctedWorkers(
  wanted: number,
  threads: number,
  serverLimit: number,
  warn: (number: string, text: string) => void,
): number {
  let workers = wanted;
  if (workers < threads) {
    const reason = "MaxRequestWorkers must be at least as large as the number of threads in a single server.";
    const change = `is less than ThreadsPerChild of ${threads}, increasing to ${threads}`;
    warn("00511", `MaxRequestWorkers of ${workers} ${change}. ${reason}`);
    workers = threads;
  }
  const servers = Math.floor(workers / threads);
  if (workers % threads !== 0) {
    const change = `decreasing to nearest multiple ${servers * threads}, for a maximum of ${servers} servers`;
    const what = `is not an integer multiple of ThreadsPerChild of ${threads}`;
    warn("00513", `MaxRequestWorkers of ${workers} ${what}, ${change}.`);
    workers = servers * threads;
  }
  if (servers > serverLimit) {
    const most = serverLimit * threads;
    const what = `would require ${servers} servers and would exceed ServerLimit of ${serverLimit}`;
    const advice = "To increase, please see the ServerLimit directive.";
    warn("00515", `MaxRequestWorkers of ${workers} ${what}, decreasing to ${most}. ${advice}`);
    workers = most;
  }
  return workers;
}

/** mod_reqtimeout acts when somebody loads it on purpose or writes its directive; else only Timeout limits a head. */
function headTimeout(draft: ConfigDraft, defaults: Partial<LimitsConfig>, chosen: boolean): number | null {
  if (draft.headTimeoutUs !== undefined) return draft.headTimeoutUs;
  return defaults.requestHeadTimeoutUs ?? (chosen ? HEAD_TIMEOUT_US : null);
}
