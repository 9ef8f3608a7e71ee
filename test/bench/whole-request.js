// Whole requests per second: arrival, route match, stickiness, pick, one attempt, service, reply, session and
// availability accounting, histogram, per-second counters, fingerprint; keep-alive and think time on.
import { prepareExperiment } from "../../dist/experiment/prepare.js";
import { Replication } from "../../dist/experiment/run-replication.js";

const HOST = { load: () => null, list: () => [], env: {} };

/** An httpd.conf with n members and a sticky session. */
function configuration(members, lbmethod) {
  const lines = Array.from(
    { length: members },
    (_, i) => `    BalancerMember http://10.0.${i >> 8}.${i & 255}:8080 route=n${i}`,
  );
  return [
    "ServerLimit 64",
    "ThreadsPerChild 64",
    "MaxRequestWorkers 4096",
    "StartServers 64",
    "MinSpareThreads 4096",
    "MaxSpareThreads 4096",
    "KeepAliveTimeout 60",
    "AsyncRequestWorkerFactor 100",
    "<Proxy balancer://shop>",
    ...lines,
    `    ProxySet stickysession=JSESSIONID lbmethod=${lbmethod}`,
    "</Proxy>",
    "ProxyPass /app balancer://shop/app",
  ].join("\n");
}

function scenario({ members, lbmethod = "byrequests", rate, requests, thinkS, durationS, extra = "" }) {
  const indented = configuration(members, lbmethod).replaceAll("\n", "\n    ");
  return `proxy:
  inline: |
    ${indented}
clients:
  sessions: {rate: ${rate}/s, requests: ${requests}, think: {exponential: {mean: ${thinkS}s}}}
backends:
  default: {service: {exponential: {mean: 1ms}}, cores: 64, discipline: fcfs, concurrency: 64}
duration: ${durationS}s
warm-up: 1s
${extra}`;
}

/** Runs one replication and answers requests, seconds, and memory. */
function measure(options) {
  const text = scenario(options);
  const { experiment, problems } = prepareExperiment({ file: "bench.yaml", text, overrides: [], seed: 1 }, HOST);
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  const run = new Replication(experiment, experiment.variants[0], 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: false,
  });
  const started = process.hrtime.bigint();
  run.run();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { requests: run.recorder.finished, seconds, rssMb: process.memoryUsage().rss / 1e6, events: run.drive.events };
}

const CASES = [
  { name: "3 members", members: 3, rate: 2000, requests: 20, thinkS: 0.5, durationS: 30 },
  { name: "4 members", members: 4, rate: 2000, requests: 20, thinkS: 0.5, durationS: 30 },
  { name: "32 members", members: 32, rate: 2000, requests: 20, thinkS: 0.5, durationS: 30 },
  { name: "256 members", members: 256, rate: 2000, requests: 20, thinkS: 0.5, durationS: 30 },
  {
    name: "3 members, bybusyness",
    members: 3,
    lbmethod: "bybusyness",
    rate: 2000,
    requests: 20,
    thinkS: 0.5,
    durationS: 30,
  },
  {
    name: "3 members, bytraffic",
    members: 3,
    lbmethod: "bytraffic",
    rate: 2000,
    requests: 20,
    thinkS: 0.5,
    durationS: 30,
  },
  {
    name: "3 members, 1 ms hops",
    members: 3,
    rate: 2000,
    requests: 20,
    thinkS: 0.5,
    durationS: 30,
    extra: "network: {client-hop: 1ms, backend-hop: 1ms}",
  },
  {
    name: "3 members, faults",
    members: 3,
    rate: 2000,
    requests: 20,
    thinkS: 0.5,
    durationS: 30,
    extra: "faults:\n  - {crash: n1, mtbf: {exponential: {mean: 5s}}, mttr: {exponential: {mean: 1s}}}",
  },
  { name: "100,000 live sessions", members: 3, rate: 2000, requests: 20, thinkS: 2.6, durationS: 80 },
];

/** Rows of the table; `repeat` runs of each, the fastest counts. */
export function benchWholeRequests(repeat = 3, only = null) {
  return CASES.filter(({ name }) => only === null || name.includes(only)).map((options) => {
    let best = null;
    for (let i = 0; i < repeat; i++) {
      const run = measure(options);
      if (best === null || run.seconds < best.seconds) best = run;
    }
    return {
      name: options.name,
      perSecond: best.requests / best.seconds,
      nsPerRequest: (best.seconds / best.requests) * 1e9,
      ...best,
    };
  });
}

export function formatWholeRequestRows(rows) {
  const lines = rows.map(
    ({ name, perSecond, nsPerRequest, requests, rssMb }) =>
      `${name.padEnd(26)} ${(perSecond / 1e6).toFixed(2).padStart(6)} M/s ${nsPerRequest.toFixed(0).padStart(6)} ns ${String(requests).padStart(9)} requests ${rssMb.toFixed(0).padStart(5)} MB`,
  );
  return ["whole requests, one core", ...lines].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(formatWholeRequestRows(benchWholeRequests(2, process.argv[2] ?? null)));
