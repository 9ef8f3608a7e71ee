import { describe, expect, it } from "vitest";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { runReplication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const HTTPD_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 retry=5
    ProxySet forcerecovery=Off
</Proxy>
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

describe("a member in error", () => {
  it("is out until its retry window ends, not until somebody looks", () => {
    const { experiment } = experimentOf(SCENARIO, { "httpd.conf": HTTPD_CONF });
    const result = runReplication(experiment, experiment.variants[0] as PreparedVariant, 0, {
      world: experiment.resolved.world,
      binUs: 1_000_000,
      keepRows: true,
    });
    // Requests come every 4 s. The one at 4 s meets the crash and puts the only member into error; the one at 8 s is refused;
    // nobody asks again before 12 s. Down: from the crash at 3 s to the end of the retry window at 4 s + 5 s = 9 s.
    expect(result?.rows?.startUs.map((us) => us / 1_000_000)).toEqual([0, 4, 8, 12, 16]);
    expect(result?.rows?.status).toEqual([200, 503, 503, 200, 200]);
    expect(result?.metrics.availability_time).toBeCloseTo(1 - 6 / 18, 5);
  });
});
