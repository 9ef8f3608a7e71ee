import { describe } from "vitest";
import { randomCountCase, randomSplitCase, roundRobinCase, shortestQueueCase } from "./cases/balancing.js";
import { checkCase, lbsim } from "./check-case.ts";

const replications = 20;

describe("random splitting", () => {
  checkCase(randomSplitCase(lbsim, { weights: [1, 1], speeds: [1, 1], arrivals: 1.2, requests: 60_000, replications }));
  checkCase(randomSplitCase(lbsim, { weights: [2, 1], speeds: [2, 1], arrivals: 1.8, requests: 55_000, replications }));
  checkCase(randomSplitCase(lbsim, { weights: [3, 1], speeds: [1, 1], arrivals: 0.8, requests: 40_000, replications }));
  checkCase(randomCountCase(lbsim, { members: 5, requests: 2000, replications: 200 }));
});

describe("round robin", () => {
  checkCase(roundRobinCase(lbsim, { members: 2, load: 0.7, requests: 50_000, replications }));
  checkCase(roundRobinCase(lbsim, { members: 10, load: 0.7, requests: 50_000, replications }));
  checkCase(roundRobinCase(lbsim, { members: 4, load: 0.7, discipline: "ps", requests: 55_000, replications }));
});

describe("the shortest queue", () => {
  checkCase(shortestQueueCase(lbsim, { load: 0.5, requests: 20_000, replications }));
  checkCase(shortestQueueCase(lbsim, { load: 0.8, requests: 110_000, replications }));
});
