import { expect, it } from "vitest";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { runReplication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const HTTPD_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 upgrade=websocket retry=0
</Proxy>
ProxyPass /shop balancer://shop/shop
`;

const SCENARIO = `proxy: httpd.conf
clients:
  requests: {rate: 0.5/s, arrivals: constant}
  classes: [{path: /shop/live, websocket: {open: 60s}}]
backends:
  default: {service: {constant: 10ms}}
faults:
  - {at: 5s, crash: "10.0.0.1:8080", for: 500ms}
duration: 10s
warm-up: 0s
phase: fixed
`;

it("counts the tunnels that a crash cuts, and leaves their requests good", () => {
  const { experiment } = experimentOf(SCENARIO, { "httpd.conf": HTTPD_CONF });
  const result = runReplication(experiment, experiment.variants[0] as PreparedVariant, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: true,
  });
  // Tunnels open at 0, 2, 4, 6 and 8 s for a minute each; the crash at 5 s finds the first three. Those of 6 and 8 s
  // outlive the observed time.
  expect(result?.rows?.status).toEqual([101, 101, 101, 101, 101]);
  expect(result?.metrics.availability).toBe(1);
  expect(result?.metrics.tunnels_cut).toBe(3);
});
