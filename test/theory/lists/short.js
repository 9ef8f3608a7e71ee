import { availabilityCase, usablePathCase } from "../cases/availability.js";
import { randomCountCase, randomSplitCase, roundRobinCase, shortestQueueCase } from "../cases/balancing.js";
import { detectionCase, retryCase } from "../cases/failures.js";
import { crashCase, sessionLifeCase } from "../cases/sessions.js";
import { lossCase, mg1Case, mm1Case, mmcCase, sharingBySizeCase, sharingCase } from "../cases/single-queue.js";

/**
 * What `npm test` validates: loads up to 0.8, intervals of about 2 %.
 *
 * @param {import("../lab/theory-case.js").Lbsim} lbsim
 * @returns {import("../lab/theory-case.js").TheoryCase[]}
 */
export function shortList(lbsim) {
  const replications = 20;
  const of = (make, options) => make(lbsim, { replications, ...options });
  const pool = { hosts: 3, needed: 2, mttfS: 90, mttrS: 10 };
  return [
    of(mm1Case, { load: 0.5, requests: 60_000 }),
    of(mm1Case, { load: 0.8, requests: 140_000 }),
    of(mmcCase, { servers: 2, load: 0.7, requests: 60_000 }),
    of(mmcCase, { servers: 4, load: 0.7, requests: 60_000 }),
    of(lossCase, { servers: 5, offered: 3, law: "exponential", requests: 60_000 }),
    of(lossCase, { servers: 5, offered: 3, law: "deterministic", requests: 40_000 }),
    of(lossCase, { servers: 5, offered: 3, law: "hyperexponential", requests: 70_000 }),
    of(mg1Case, { law: "deterministic", load: 0.8, requests: 50_000 }),
    of(mg1Case, { law: "Erlang-4", load: 0.7, requests: 45_000 }),
    of(mg1Case, { law: "Erlang-2", load: 0.6, requests: 30_000 }),
    of(mg1Case, { law: "hyperexponential", load: 0.4, requests: 90_000 }),
    of(mg1Case, { law: "lognormal", load: 0.3, requests: 150_000 }),
    of(sharingCase, { law: "exponential", load: 0.7, requests: 65_000 }),
    of(sharingCase, { law: "deterministic", load: 0.8, requests: 75_000 }),
    of(sharingCase, { law: "hyperexponential", load: 0.5, requests: 65_000 }),
    of(sharingCase, { law: "bounded Pareto", load: 0.4, requests: 70_000 }),
    of(sharingBySizeCase, { load: 0.5, requests: 45_000 }),
    of(randomSplitCase, { weights: [1, 1], speeds: [1, 1], arrivals: 1.2, requests: 70_000 }),
    of(randomSplitCase, { weights: [2, 1], speeds: [2, 1], arrivals: 1.8, requests: 65_000 }),
    of(randomSplitCase, { weights: [3, 1], speeds: [1, 1], arrivals: 0.8, requests: 50_000 }),
    of(randomCountCase, { members: 5, requests: 1000, replications: 200 }),
    of(roundRobinCase, { members: 2, load: 0.7, requests: 60_000 }),
    of(roundRobinCase, { members: 10, load: 0.7, requests: 60_000 }),
    of(roundRobinCase, { members: 4, load: 0.7, discipline: "ps", requests: 60_000 }),
    of(shortestQueueCase, { load: 0.5, requests: 25_000 }),
    of(shortestQueueCase, { load: 0.8, requests: 105_000 }),
    of(availabilityCase, { ...pool, up: "exponential", down: "exponential", cycles: 6000 }),
    of(availabilityCase, { ...pool, up: "Weibull", down: "deterministic", cycles: 3000 }),
    of(availabilityCase, { ...pool, up: "deterministic", down: "exponential", cycles: 6000 }),
    of(usablePathCase, { hosts: 2, mttfS: 80, mttrS: 20, cycles: 3000 }),
    of(crashCase, { members: 4, sessions: 1000, lbmethod: "byrequests" }),
    of(crashCase, { members: 4, sessions: 500, lbmethod: "heartbeat", replications: 200 }),
    of(sessionLifeCase, { lengthS: 10, mttfS: 100, ratePerSec: 2, sessions: 30_000 }),
    of(detectionCase, { intervalS: 10, fails: 3, members: 4, ratePerSec: 4, outages: 40 }),
    of(retryCase, { errorRate: 0.3, retries: 1, requests: 40_000 }),
  ];
}
