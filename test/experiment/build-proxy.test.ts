import { describe, expect, it } from "vitest";
import { buildProxy } from "../../src/experiment/build-proxy.ts";
import type { PreparedVariant } from "../../src/experiment/prepare.ts";
import { runExperiment } from "../../src/experiment/run-experiment.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import { experimentOf, plainExecutor, SCENARIO } from "./small-experiment.ts";

/** The small scenario with further keys of `proxy`. */
const withKeys = (keys: string, text = SCENARIO) =>
  text.replace("proxy: httpd.conf", `proxy: {file: httpd.conf${keys === "" ? "" : `, ${keys}`}}`);

const RUN = {
  firstReplication: 0,
  replications: 2,
  only: [],
  keepRows: true,
  version: "0",
  reproduce: "lbsim run small.yaml",
};

async function resultOf(text: string, order?: (count: number) => readonly number[]) {
  const { experiment, inlined } = experimentOf(text);
  const outcome = await runExperiment(experiment, inlined, plainExecutor(Number.POSITIVE_INFINITY, order), RUN);
  if (outcome === null) throw new Error("the run goes to its end");
  return outcome.result;
}

describe("the proxy of a scenario", () => {
  it("is the machine itself, with the same fingerprint, when there is one instance, however it is said", async () => {
    const plain = await resultOf(SCENARIO);
    const one = await resultOf(withKeys("instances: 1, spread: source"));
    expect(one.fingerprint).toBe(plain.fingerprint);
    expect(one.variants).toEqual(plain.variants);
  });

  it("has the same bytes in whatever order the replications of two instances were run", async () => {
    for (const spread of ["random", "round-robin", "source"]) {
      const text = withKeys(`instances: 2, spread: ${spread}`);
      const backwards = (count: number) => Array.from({ length: count }, (_, i) => count - 1 - i);
      expect(JSON.stringify(await resultOf(text, backwards))).toBe(JSON.stringify(await resultOf(text)));
    }
  });

  it("counts the members of all instances once, and asks the same of the backends", async () => {
    const faultless = SCENARIO.replace(/faults:\n.*\n/, "");
    const one = await resultOf(faultless);
    const three = await resultOf(withKeys("instances: 3, spread: round-robin", faultless));
    const attempts = (result: typeof one) =>
      result.variants[0]?.members.map((member) => member.attempts.mean ?? 0).reduce((a, b) => a + b);
    expect(three.variants[0]?.members.map(({ name }) => name)).toEqual(
      one.variants[0]?.members.map(({ name }) => name),
    );
    // Every request makes one attempt, and who asks when is common to both.
    expect(attempts(three)).toBe(attempts(one));
    expect(three.fingerprint).not.toBe(one.fingerprint);
  });

  it("says what is assumed of several instances", async () => {
    const keys = (assumptions: readonly { readonly key: string }[]) =>
      assumptions.map(({ key }) => key).filter((key) => key.startsWith("proxy.instances") || key === "proxy.spread");
    expect(keys((await resultOf(SCENARIO)).assumptions)).toEqual(["proxy.instances", "proxy.spread"]);
    expect(keys((await resultOf(withKeys("instances: 2"))).assumptions)).toEqual([
      "proxy.spread",
      "proxy.instances (state)",
      "proxy.instances (health)",
    ]);
  });

  it("has instances that start at moments of their own before the first client, or together when the phase is fixed", () => {
    const startsOf = (text: string) => {
      const { experiment } = experimentOf(text);
      const starts: number[] = [];
      const [variant] = experiment.variants;
      const { family } = variant as PreparedVariant;
      const noting = {
        ...family,
        build: (...[config, context]: Parameters<typeof family.build>) => {
          starts.push(context.startedAtUs);
          return family.build(config, context);
        },
      };
      const built = buildProxy(experiment, { ...(variant as PreparedVariant), family: noting }, 0);
      return { starts, startedAtUs: built.startedAtUs };
    };
    const own = startsOf(withKeys("instances: 4"));
    expect(new Set(own.starts).size).toBe(4);
    expect(Math.max(...own.starts)).toBeLessThan(0);
    expect(own.startedAtUs).toBe(Math.min(...own.starts));
    // The first instance is where a single proxy is in its cycles.
    expect(own.starts[0]).toBe(startsOf(SCENARIO).starts[0]);
    expect(startsOf(`phase: fixed\n${withKeys("instances: 2")}`).starts).toEqual([-1_000_000, -1_000_000]);
  });
});

const NGINX_CONF = (upstream: string) => `events { worker_connections 1024; }
http {
  upstream app { ${upstream} server 10.0.0.1:80 fail_timeout=10m; server 10.0.0.2:80 fail_timeout=10m; }
  server { listen 80; location / { proxy_pass http://app; } }
}
`;

/** 100 requests a second on connections of their own, for 10 s; the second server is down. */
const DEAD_SERVER = (keys: string) => `proxy: {file: nginx.conf, ${keys}}
clients:
  requests: {rate: 100/s}
backends:
  default: {service: 1ms}
faults:
  - {at: 0s, crash: "10.0.0.2:80"}
duration: 10s
warm-up: 0s
`;

function failuresOf(keys: string, upstream = ""): number {
  const { experiment } = experimentOf(DEAD_SERVER(keys), { "nginx.conf": NGINX_CONF(upstream) });
  const run = new Replication(experiment, experiment.variants[0] as PreparedVariant, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: false,
  });
  run.run();
  return run.result().members[1]?.failures ?? -1;
}

describe("a server that is dead for nginx, with max_fails=1 and a ban longer than the run", () => {
  // A peer is banned where its failure was counted; 1,000 requests, each worker or instance gets some of them.
  it("costs one request in each worker without zone, and one in all with it", () => {
    expect(failuresOf("processes: 1")).toBe(1);
    expect(failuresOf("processes: 2")).toBe(2);
    expect(failuresOf("processes: 4")).toBe(4);
    expect(failuresOf("processes: 2", "zone app 64k;")).toBe(1);
  });

  it("costs one in each instance even with zone, for instances share no memory", () => {
    expect(failuresOf("instances: 3", "zone app 64k;")).toBe(3);
    expect(failuresOf("instances: 3, processes: 2, spread: round-robin")).toBe(6);
  });
});
