import { describe, expect, it } from "vitest";
import { Replication } from "../../src/experiment/run-replication.ts";
import { experimentOf } from "./small-experiment.ts";

const conf = (...server: readonly string[]) => `${server.join("\n")}
<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080
    BalancerMember http://10.0.0.2:8080
    ProxySet lbmethod=heartbeat
</Proxy>
ProxyPass / balancer://shop/
`;

/** 4000 requests, 100 a second from 0 on, of 1 ms each; reports leave at −1 s, −0.5 s, 0 … between the requests. */
const scenario = (...more: readonly string[]) => `proxy: httpd.conf
clients:
  requests: {rate: 100/s, arrivals: constant}
backends:
  default: {service: 1ms, concurrency: 10, session: {store: none}${more.join("")}}
  10.0.0.1:8080: {concurrency: 30}
duration: 40s
warm-up: 0s
phase: fixed
variants: {lbmethod: [heartbeat, byrequests]}
`;

function run(text: string, server: readonly string[], variant = 0): Replication {
  const { experiment } = experimentOf(text, { "httpd.conf": conf(...server) });
  const chosen = experiment.variants[variant];
  if (chosen === undefined) throw new Error("no such variant");
  const replication = new Replication(experiment, chosen, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: false,
  });
  replication.run();
  return replication;
}

const attempts = (replication: Replication): readonly number[] =>
  replication.recorder.members.finish(replication.drive.nowUs).map((member) => member.attempts);

describe("heartbeats of simulated backends", () => {
  const LISTEN = ["HeartbeatListen 239.0.0.1:27999"];

  it("split requests by free places where byrequests splits them evenly", () => {
    // Idle backends report 30 and 10. The draw is one of 0 … 40; 0 … 29 mean the first, 30 … 40 the second, so the first
    // has 30/41 of 4000 requests: 2926.8, sd sqrt(4000 × 30/41 × 11/41) = 28.0. A report that leaves while a request
    // runs says one place less, which moves the mean by less than 4000/41 × 1/41 = 2.4.
    const [first = 0, second = 0] = attempts(run(scenario(), LISTEN));
    expect(first + second).toBe(4000);
    expect(Math.abs(first - (4000 * 30) / 41)).toBeLessThan(4 * 28 + 2.4);
    expect(attempts(run(scenario(), LISTEN, 1))).toEqual([2000, 2000]);
  });

  it("are not sent when nobody listens: no member has an entry, every answer is 503", () => {
    expect(attempts(run(scenario(), []))).toEqual([0, 0]);
  });

  it("follow the scenario's key instead of the configuration", () => {
    expect(attempts(run(scenario(", heartbeat: off"), LISTEN))).toEqual([0, 0]);
    expect(attempts(run(scenario(", heartbeat: on"), [])).reduce((sum, each) => sum + each, 0)).toBe(4000);
  });

  it("leave the fingerprint of a method that does not read them as it was", () => {
    const hash = (listen: readonly string[]) => run(scenario(), listen, 1).result().fingerprint;
    expect(hash(LISTEN)).toBe(hash([]));
  });

  it("stop with the process: ten seconds after a hang began the member gets no more", () => {
    // The last report before the hang leaves within the second before 10 s: at 20 s at the latest it is too old. At 20/s
    // fewer requests hang than httpd has threads (400).
    const text = `${scenario().replace("100/s", "20/s")}faults:\n  - {at: 10s, hang: "10.0.0.1:8080", for: 60s, id: stop}\n`;
    const replication = run(text, LISTEN);
    const { attempts: all } = replication.recorder.members.finish(replication.drive.nowUs)[0] ?? { attempts: 0 };
    // 380 to 400 requests by then, each with probability 30/41: 278.0 to 292.7, sd 8.9.
    expect(all).toBeGreaterThan(278 - 4 * 8.9);
    expect(all).toBeLessThan(292.7 + 4 * 8.9);
  });
});
