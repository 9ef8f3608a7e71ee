import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/model/world-listener.ts";
import { startRun } from "./start-run.ts";

describe("an answer that is on its way when the client gives up", () => {
  it("is not taken for the answer to the retry", () => {
    // Hop 20 ms: a new connection takes 40 ms, request and answer another 40 ms, so that patience of 61 ms always ends
    // first, 19 ms before the answer arrives. The retry goes out at once and may get the same request slot.
    const scenario = {
      proxy: {
        inline:
          "<Proxy balancer://pool>\n  BalancerMember http://10.0.0.1:8080\n</Proxy>\nProxyPass / balancer://pool/\n",
      },
      clients: {
        users: { count: 2, pause: "100ms", requests: 2 },
        patience: "61ms",
        retry: { attempts: 1, backoff: "0ms" },
      },
      backends: { default: { service: "0ms" } },
      network: { "client-hop": "20ms" },
      "warm-up": "0s",
      duration: "20s",
    };
    const run = startRun({ scenario, lbmethod: "byrequests" });
    run.run();
    const { outcomes } = run.recorder;
    expect(outcomes[Outcome.TIMED_OUT]).toBeGreaterThan(20);
    expect(outcomes[Outcome.TIMED_OUT]).toBe(run.recorder.started);
  });
});
