import { availabilityCase } from "../cases/availability.js";
import { randomSplitCase, roundRobinCase, shortestQueueCase } from "../cases/balancing.js";
import { detectionCase, retryCase } from "../cases/failures.js";
import { crashCase, sessionLifeCase } from "../cases/sessions.js";
import { lossCase, mg1Case, mm1Case, mmcCase, sharingBySizeCase, sharingCase } from "../cases/single-queue.js";

const MILLION = 1_000_000;

/**
 * What `npm run theory` validates: high loads, services of high variance, rare outages.
 *
 * @param {import("../lab/theory-case.js").Lbsim} lbsim
 * @returns {import("../lab/theory-case.js").TheoryCase[]}
 */
export function longList(lbsim) {
  const replications = 40;
  /** `millions` of requests over all replications. */
  const of = (make, { millions = 0, ...options }) =>
    make(lbsim, { replications, requests: (millions * MILLION) / replications, ...options });
  return [
    of(mm1Case, { load: 0.8, millions: 6 }),
    of(mm1Case, { load: 0.9, millions: 16 }),
    of(mm1Case, { load: 0.95, millions: 32 }),
    of(mmcCase, { servers: 4, load: 0.9, millions: 12 }),
    of(mmcCase, { servers: 10, load: 0.95, millions: 16 }),
    of(lossCase, { servers: 10, offered: 7, law: "exponential", millions: 4 }),
    of(lossCase, { servers: 10, offered: 7, law: "lognormal", millions: 4 }),
    of(mg1Case, { law: "deterministic", load: 0.9, millions: 8 }),
    of(mg1Case, { law: "Erlang-4", load: 0.9, millions: 10 }),
    of(mg1Case, { law: "hyperexponential", load: 0.8, millions: 10 }),
    of(mg1Case, { law: "hyperexponential", load: 0.9, millions: 20 }),
    of(mg1Case, { law: "lognormal", load: 0.8, millions: 16 }),
    of(mg1Case, { law: "bounded Pareto", load: 0.5, millions: 16 }),
    of(sharingCase, { law: "exponential", load: 0.9, millions: 12 }),
    of(sharingCase, { law: "deterministic", load: 0.9, millions: 8 }),
    of(sharingCase, { law: "hyperexponential", load: 0.9, millions: 12 }),
    of(sharingCase, { law: "bounded Pareto", load: 0.8, millions: 12 }),
    of(sharingBySizeCase, { load: 0.8, millions: 6 }),
    of(randomSplitCase, { weights: [1, 1], speeds: [1, 1], arrivals: 1.6, millions: 6 }),
    of(randomSplitCase, { weights: [1, 1], speeds: [2, 1], arrivals: 1.8, millions: 12 }),
    of(randomSplitCase, { weights: [3, 1], speeds: [1, 1], arrivals: 1.2, millions: 12 }),
    of(roundRobinCase, { members: 2, load: 0.9, millions: 12 }),
    of(roundRobinCase, { members: 10, load: 0.9, millions: 12 }),
    of(roundRobinCase, { members: 4, load: 0.95, millions: 16 }),
    of(shortestQueueCase, { load: 0.9, millions: 12 }),
    of(shortestQueueCase, { load: 0.95, millions: 20 }),
    of(availabilityCase, {
      hosts: 5,
      needed: 3,
      mttfS: 90,
      mttrS: 10,
      up: "exponential",
      down: "Weibull",
      cycles: 20_000,
    }),
    of(availabilityCase, {
      hosts: 3,
      needed: 2,
      mttfS: 99,
      mttrS: 1,
      up: "Weibull",
      down: "deterministic",
      cycles: 40_000,
    }),
    of(crashCase, { members: 10, sessions: 1000, lbmethod: "byrequests" }),
    of(crashCase, { members: 10, sessions: 1000, lbmethod: "heartbeat", replications: 400 }),
    of(sessionLifeCase, { lengthS: 10, mttfS: 100, ratePerSec: 2, sessions: 100_000 }),
    of(detectionCase, { intervalS: 10, fails: 3, members: 4, ratePerSec: 4, outages: 100 }),
    of(detectionCase, { intervalS: 30, fails: 1, members: 4, ratePerSec: 4, outages: 100 }),
    of(retryCase, { errorRate: 0.3, retries: 2, millions: 4 }),
  ];
}
