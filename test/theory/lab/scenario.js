/** Mean service time of the queueing cases in ms. Long against 1 µs, so that whole microseconds don't show. */
export const SERVICE_MS = 10;

/** Nothing of the server itself gets in the way: more threads than requests, no timeouts. */
const WIDE_LIMITS = `ServerLimit 1
StartServers 1
ThreadLimit 100000
ThreadsPerChild 100000
MaxRequestWorkers 100000
ListenBacklog 100000
Timeout 10000000
KeepAlive On
KeepAliveTimeout 100000
`;

/**
 * An httpd configuration with one balancer over members at 10.0.0.1, 10.0.0.2 … with wide limits.
 *
 * @param {{ members: number, lbmethod?: string, member?: string, balancer?: string }} options `member` and `balancer`:
 * further parameters of every BalancerMember and of ProxySet
 */
export function httpdConf({ members, lbmethod = "byrequests", member = "", balancer = "" }) {
  const lines = [];
  for (let m = 1; m <= members; m++) {
    lines.push(`  BalancerMember http://10.0.0.${m}:8080 route=node${m} ${member}`.trimEnd());
  }
  return `${WIDE_LIMITS}<Proxy balancer://pool>
${lines.join("\n")}
  ProxySet lbmethod=${lbmethod} ${balancer}
</Proxy>
ProxyPass / balancer://pool/
`;
}

/** A backend with `servers` servers and one endless queue, first come, first served. */
export function fcfsBackend(service, servers = 1) {
  return { service, discipline: "fcfs", concurrency: servers, queue: "unlimited" };
}

/** A backend with one core that all requests share. */
export function sharingBackend(service) {
  return { service, discipline: "ps", cores: 1, concurrency: 1_000_000, queue: "unlimited" };
}

/**
 * Single requests that arrive by a Poisson process, on a new connection each, with endless patience.
 *
 * @param {{ conf: string, ratePerSec: number, backends: object, requests: number, warmUpS: number, clients?: object }}
 * options `requests` = mean number of requests after the warm-up
 */
export function poissonScenario({ conf, ratePerSec, backends, requests, warmUpS, clients = {} }) {
  return {
    proxy: { inline: conf },
    clients: { requests: { rate: `${ratePerSec}/s` }, patience: "never", "keep-alive": false, ...clients },
    backends,
    "warm-up": `${warmUpS}s`,
    duration: `${Math.ceil(requests / ratePerSec)}s`,
    drain: "24h",
  };
}

/** Warm-up in seconds: 50/(1 − ρ)² mean service times, after which an empty start is forgotten. */
export function warmUpSeconds(load, serviceMs = SERVICE_MS) {
  return Math.ceil((50 * serviceMs) / 1000 / ((1 - load) * (1 - load)));
}
