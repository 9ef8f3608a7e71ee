import { describe, expect, it } from "vitest";
import { constant } from "../../../src/engine/random/distributions/constant.ts";
import type { BackendSpec, FaultEffect, FaultSpec } from "../../../src/model/world-spec.ts";
import { always, MS, prepare, requestClass, SECOND } from "../world-fixture.ts";

const SENDING: Partial<BackendSpec> = { sendsHeartbeats: true, concurrency: 3 };

function fault(effect: FaultEffect, atMs: number, forMs: number): FaultSpec {
  return {
    id: "f",
    backends: [0],
    effect,
    timing: { kind: "scheduled", atUs: atMs * MS, forUs: forMs * MS },
  };
}

/** Times in ms at which the first backend is heard within five seconds. */
function heardMs(faults: readonly FaultSpec[]): readonly number[] {
  const { proxy } = prepare({ backends: [SENDING], faults, clients: { arrivals: { kind: "trace", atUs: [] } } });
  proxy.run(5 * SECOND);
  return proxy.loadReports.map(({ atUs }) => atUs / MS);
}

describe("load reports", () => {
  it("come from every backend at once and then each second, in turns", () => {
    const { proxy } = prepare({ backends: [SENDING, SENDING], clients: { arrivals: { kind: "trace", atUs: [] } } });
    proxy.run(2 * SECOND);
    expect(proxy.loadReports.map(({ atUs, backend }) => [atUs / MS, backend])).toEqual([
      [0, 0],
      [0, 1],
      [500, 0],
      [1000, 1],
      [1500, 0],
      [2000, 1],
    ]);
  });

  it("tell requests in work and free places; who waits is neither", () => {
    // Work of 1.5 s: one from 0.5 s on, four more at 1.2 s, of which two find a place and two wait.
    const { proxy } = prepare(
      {
        backends: [SENDING],
        clients: {
          arrivals: { kind: "trace", atUs: [500, 1200, 1200, 1200, 1200].map((ms) => ms * MS) },
          requestsPerSession: constant(1),
          classes: [requestClass({ service: constant(1500 * MS) })],
        },
      },
      { choose: always(0) },
    );
    proxy.run(4 * SECOND);
    // At 2 s the first has ended and one of those that waited works in its place until 3.5 s; two end at 2.7 s, when the
    // last one begins.
    expect(proxy.loadReports.map(({ busy, ready }) => [busy, ready])).toEqual([
      [0, 3],
      [1, 2],
      [3, 0],
      [2, 1],
      [1, 2],
    ]);
  });

  it("don't come from a process that is down, stands still or can't be reached", () => {
    for (const kind of ["crash", "hang", "blackhole"] as const)
      expect(heardMs([fault({ kind }, 1500, 2000)])).toEqual([0, 1000, 4000, 5000]);
  });

  it("come from a process that refuses new connections", () => {
    expect(heardMs([fault({ kind: "refuse" }, 1500, 2000)])).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  });

  it("come only from backends that send them and that have an address", () => {
    const { proxy } = prepare({ backends: [{}, { ...SENDING, resolves: false }, SENDING] });
    proxy.run(SECOND);
    expect(proxy.loadReports.map(({ atUs, backend }) => [atUs / MS, backend])).toEqual([
      [0, 2],
      [1000, 2],
    ]);
  });
});
