import { expect, it } from "vitest";
import { longestFirst } from "../../../src/experiment/sweep/longest-first.ts";
import type { ArrivalSpec } from "../../../src/model/world-spec.ts";
import { experimentOf } from "../small-experiment.ts";

const { world } = experimentOf().experiment.resolved;
const busy = (arrivals: ArrivalSpec, endUs = 60_000_000) => ({
  ...world,
  endUs,
  clients: { ...world.clients, arrivals },
});
const poisson = (ratePerSec: number): ArrivalSpec => ({ kind: "poisson", ratePerSec });

it("starts the busiest first, and equals in their order", () => {
  expect(longestFirst([2, 8, 4, 8].map((rate) => busy(poisson(rate))))).toEqual([1, 3, 2, 0]);
});

it("counts how long a run lasts", () => {
  expect(longestFirst([busy(poisson(8), 60_000_000), busy(poisson(4), 180_000_000)])).toEqual([1, 0]);
});

it("knows every kind of arrivals", () => {
  const { think: pause } = world.clients;
  const pairs: readonly (readonly [ArrivalSpec, ArrivalSpec])[] = [
    [
      { kind: "constant", ratePerSec: 1 },
      { kind: "constant", ratePerSec: 2 },
    ],
    [
      { kind: "curve", points: [{ atUs: 0, ratePerSec: 3 }] },
      { kind: "curve", points: [0, 9].map((ratePerSec) => ({ atUs: 0, ratePerSec })) },
    ],
    [
      { kind: "mmpp", states: [{ ratePerSec: 3, sojourn: pause }] },
      { kind: "mmpp", states: [0, 9].map((ratePerSec) => ({ ratePerSec, sojourn: pause })) },
    ],
    [
      { kind: "trace", atUs: [1] },
      { kind: "trace", atUs: [1, 2] },
    ],
    [
      { kind: "closed", users: 3, pause },
      { kind: "closed", users: 4, pause },
    ],
  ];
  for (const pair of pairs) expect(longestFirst(pair.map((arrivals) => busy(arrivals)))).toEqual([1, 0]);
});
