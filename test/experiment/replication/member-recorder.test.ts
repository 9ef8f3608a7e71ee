import { describe, expect, it } from "vitest";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { runReplication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const httpdConf = (...members: readonly string[]) => `<Proxy balancer://shop>
${members.map((line) => `    ${line}\n`).join("")}</Proxy>
ProxyPass /shop balancer://shop/shop
`;

const SCENARIO = `proxy: httpd.conf
clients:
  requests: {rate: 0.25/s, arrivals: constant}
backends:
  default: {service: {constant: 20ms}}
faults:
  - {at: 3s, crash: "10.0.0.1:8080", for: 2s}
duration: 18s
warm-up: 0s
phase: fixed
`;

function run(text: string, ...members: readonly string[]) {
  const { experiment } = experimentOf(text, { "httpd.conf": httpdConf(...members) });
  return runReplication(experiment, experiment.variants[0] as PreparedVariant, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: true,
  });
}

describe("a member in error", () => {
  it("is out until its retry window ends, not until somebody looks", () => {
    const result = run(SCENARIO, "BalancerMember http://10.0.0.1:8080 retry=5", "ProxySet forcerecovery=Off");
    // Requests come every 4 s. The one at 4 s meets the crash and puts the only member into error; the one at 8 s is refused;
    // nobody asks again before 12 s. Down: from the crash at 3 s to the end of the retry window at 4 s + 5 s = 9 s.
    expect(result?.rows?.startUs.map((us) => us / 1_000_000)).toEqual([0, 4, 8, 12, 16]);
    expect(result?.rows?.status).toEqual([200, 503, 503, 200, 200]);
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 6 / 18, 5);
  });

  it("is in again at once when all are in error, because httpd then tries all", () => {
    const result = run(SCENARIO, "BalancerMember http://10.0.0.1:8080 retry=5");
    expect(result?.rows?.status).toEqual([200, 503, 200, 200, 200]);
    // Down while the backend is, from 3 s to 5 s; its error state alone keeps nobody out.
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 2 / 18, 5);
  });

  it("stays out while another member is not in error, be it disabled", () => {
    const disabled = "BalancerMember http://10.0.0.2:8080 status=+D";
    const result = run(SCENARIO, "BalancerMember http://10.0.0.1:8080 retry=5", disabled);
    expect(result?.rows?.status).toEqual([200, 503, 503, 200, 200]);
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 6 / 18, 5);
  });

  it("comes back when the last of the others fails", () => {
    // The first fails at 4 s and would be out until 64 s. The second crashes at 9 s; the request of 12 s finds out, and from
    // then on both are tried. Nobody can be reached from 9 s, when the second dies, to 12 s; the first is up from 5 s on.
    const text = SCENARIO.replace("for: 2s}", 'for: 2s}\n  - {at: 9s, crash: "10.0.0.2:8080", for: 60s}');
    const result = run(
      text,
      "BalancerMember http://10.0.0.1:8080 loadfactor=100",
      "BalancerMember http://10.0.0.2:8080",
      "ProxySet maxattempts=1",
    );
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 3 / 18, 5);
  });
});

describe("a standby", () => {
  it("is a way in while it stands in, though its own state never changes", () => {
    const result = run(
      SCENARIO,
      "BalancerMember http://10.0.0.1:8080",
      "BalancerMember http://10.0.0.2:8080 status=+H",
    );
    // The member dies at 3 s; the request of 4 s finds out and goes to the standby, which is in from then on.
    expect(result?.rows?.status).toEqual([200, 200, 200, 200, 200]);
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 1 / 18, 5);
  });
});
