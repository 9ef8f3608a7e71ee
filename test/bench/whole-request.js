// Whole requests per second: arrival, route match, stickiness, pick, one attempt, service, reply, session and
// availability accounting, histogram, per-second counters, fingerprint; keep-alive and think time on.
//
// Each row is measured in a process of its own, as every run of the program is one: `node whole-request.js` prints all rows;
// `node --expose-gc whole-request.js N BUNDLE` is such a process, measures row N and prints one line of JSON.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { withBundle } from "./with-bundle.js";

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

/** 2,000 sessions a second with 20 requests each: about 20,000 of them live. */
const BUSY = { members: 3, rate: 2000, requests: 20, thinkS: 0.5, durationS: 30 };

const CASES = [
  { ...BUSY, name: "3 members" },
  { ...BUSY, name: "4 members", members: 4 },
  { ...BUSY, name: "32 members", members: 32 },
  { ...BUSY, name: "256 members", members: 256 },
  { ...BUSY, name: "3 members, bybusyness", lbmethod: "bybusyness" },
  { ...BUSY, name: "3 members, bytraffic", lbmethod: "bytraffic" },
  { ...BUSY, name: "3 members, 1 ms hops", extra: "network: {client-hop: 1ms, backend-hop: 1ms}" },
  {
    ...BUSY,
    name: "3 members, faults",
    extra: "faults:\n  - {crash: n1, mtbf: {exponential: {mean: 5s}}, mttr: {exponential: {mean: 1s}}}",
  },
  { ...BUSY, name: "200 live sessions", rate: 20, durationS: 3000 },
  { ...BUSY, name: "100,000 live sessions", thinkS: 2.6, durationS: 80 },
];

const REPEATS = 2;

/** Measures a row in this process. */
async function measureRow(options, bundle) {
  const { prepareExperiment, Replication } = await import(bundle);
  const text = scenario(options);
  const { experiment, problems } = prepareExperiment({ file: "bench.yaml", text, overrides: [], seed: 1 }, HOST);
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  const { world } = experiment.resolved;
  const replication = () =>
    new Replication(experiment, experiment.variants[0], 0, { world, binUs: 1_000_000, keepRows: false });
  const row = { name: options.name, requests: 0, seconds: Number.POSITIVE_INFINITY, heldMb: 0, rssMb: 0 };
  const idle = heldMb();
  row.heldMb = heldHalfway(replication(), world.endUs) - idle;
  for (let i = 0; i < REPEATS; i++) {
    const run = replication();
    const started = process.hrtime.bigint();
    run.run();
    row.seconds = Math.min(row.seconds, Number(process.hrtime.bigint() - started) / 1e9);
    row.requests = run.recorder.finished;
    row.rssMb = Math.max(row.rssMb, process.memoryUsage.rss() / 1e6);
  }
  return row;
}

function heldHalfway(run, endUs) {
  run.drive.start();
  run.drive.run(endUs / 2);
  return heldMb();
}

/** Memory in use, in heap and typed arrays, after everything that is not needed is gone. */
function heldMb() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** Rows of the table; the fastest of `REPEATS` runs counts. */
export function benchWholeRequests() {
  const file = fileURLToPath(import.meta.url);
  return withBundle(["experiment/prepare.js", "experiment/run-replication.js"], (bundle) =>
    CASES.map((_, i) => {
      const out = execFileSync(process.execPath, ["--expose-gc", file, String(i), bundle], { encoding: "utf8" });
      return JSON.parse(out);
    }),
  );
}

export function formatWholeRequestRows(rows) {
  const head = "one core                   requests/s   ns a request   requests   held (MB)   process (MB)";
  const lines = rows.map(({ name, seconds, requests, heldMb, rssMb }) =>
    [
      name.padEnd(24),
      `${(requests / seconds / 1e6).toFixed(2)} M`.padStart(12),
      ((seconds / requests) * 1e9).toFixed(0).padStart(14),
      String(requests).padStart(10),
      heldMb.toFixed(0).padStart(11),
      rssMb.toFixed(0).padStart(14),
    ].join(" "),
  );
  return [head, ...lines].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const row = CASES[Number(process.argv[2] ?? Number.NaN)];
  if (row === undefined) console.log(formatWholeRequestRows(await benchWholeRequests()));
  else console.log(JSON.stringify(await measureRow(row, process.argv[3])));
}
