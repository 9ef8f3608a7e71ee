// Whole requests per second by family, method and number of members: what a pick costs, and how it grows.
import { prepareExperiment } from "../../dist/experiment/prepare.js";
import { Replication } from "../../dist/experiment/run-replication.js";

const HOST = { load: () => null, list: () => [], env: {} };
const SIZES = [3, 32, 256, 2048];

const address = (i) => `10.0.${i >> 8}.${i & 255}:8080`;
const indent = (text) => text.trim().replaceAll("\n", "\n    ");

const FAMILIES = {
  apache: {
    methods: ["byrequests", "bytraffic", "bybusyness"],
    configuration: (members, method) => `
ServerLimit 64
ThreadsPerChild 64
MaxRequestWorkers 4096
AsyncRequestWorkerFactor 100
<Proxy balancer://shop>
${members.map((i) => `    BalancerMember http://${address(i)} route=n${i}`).join("\n")}
    ProxySet lbmethod=${method}
</Proxy>
ProxyPass /app balancer://shop/app`,
  },
  nginx: {
    methods: [
      "",
      "least_conn;",
      "ip_hash;",
      "hash $request_uri;",
      "hash $request_uri consistent;",
      "random;",
      "random two least_conn;",
    ],
    configuration: (members, method) => `
worker_processes 1;
events { worker_connections 65536; }
http {
    upstream shop {
        ${method}
${members.map((i) => `        server ${address(i)};`).join("\n")}
        keepalive 4096;
    }
    server {
        listen 80;
        location /app { proxy_pass http://shop; proxy_http_version 1.1; proxy_set_header Connection ""; }
    }
}`,
  },
  haproxy: {
    methods: [
      "roundrobin",
      "static-rr",
      "leastconn",
      "first",
      "source",
      "uri",
      "random(2)",
      "uri\n    hash-type consistent",
    ],
    configuration: (members, method) => `
global
    maxconn 100000
defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
frontend www
    bind *:80
    default_backend shop
backend shop
    balance ${method}
${members.map((i) => `    server n${i} ${address(i)}`).join("\n")}`,
  },
  caddy: {
    methods: ["random", "random_choose 2", "least_conn", "round_robin", "first", "ip_hash", "uri_hash"],
    configuration: (members, method) => `
:80 {
  reverse_proxy /app* ${members.map(address).join(" ")} {
    lb_policy ${method}
  }
}`,
  },
};

function measure(configuration) {
  const text = `proxy:
  inline: |
    ${indent(configuration)}
clients:
  requests: {rate: 20000/s}
backends:
  default: {service: {exponential: {mean: 1ms}}, cores: 64, discipline: fcfs, concurrency: 64}
duration: 5s
warm-up: 1s
`;
  const { experiment, problems } = prepareExperiment({ file: "bench.yaml", text, overrides: [], seed: 1 }, HOST);
  if (experiment === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2; round++) {
    const run = new Replication(experiment, experiment.variants[0], 0, {
      world: experiment.resolved.world,
      binUs: 1_000_000,
      keepRows: false,
    });
    const started = process.hrtime.bigint();
    run.run();
    best = Math.min(best, Number(process.hrtime.bigint() - started) / run.recorder.finished);
  }
  return best;
}

/** ns a request by family and method, one column for each number of members. */
export function benchLbMethods(only = null) {
  return Object.entries(FAMILIES)
    .filter(([family]) => only === null || family === only)
    .flatMap(([family, { methods, configuration }]) =>
      methods.map((method) => ({
        name: `${family} ${method.replaceAll(/;|\n */g, " ").trim() || "round robin"}`,
        ns: SIZES.map((size) =>
          measure(
            configuration(
              Array.from({ length: size }, (_, i) => i),
              method,
            ),
          ),
        ),
      })),
    );
}

export function formatLbMethodRows(rows) {
  const head = `${"ns a whole request".padEnd(36)}${SIZES.map((size) => `${size} members`.padStart(15)).join("")}`;
  return [
    head,
    ...rows.map(({ name, ns }) => `${name.padEnd(36)}${ns.map((each) => each.toFixed(0).padStart(15)).join("")}`),
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(formatLbMethodRows(benchLbMethods(process.argv[2] ?? null)));
