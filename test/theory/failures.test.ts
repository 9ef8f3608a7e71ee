import { describe } from "vitest";
import { availabilityCase, usablePathCase } from "./cases/availability.js";
import { detectionCase, retryCase } from "./cases/failures.js";
import { crashCase, sessionLifeCase } from "./cases/sessions.js";
import { checkCase, lbsim } from "./check-case.ts";

const replications = 20;
const pool = { hosts: 3, needed: 2, mttfS: 90, mttrS: 10, replications };

describe("availability", () => {
  checkCase(availabilityCase(lbsim, { ...pool, up: "exponential", down: "exponential", cycles: 6000 }));
  checkCase(availabilityCase(lbsim, { ...pool, up: "Weibull", down: "deterministic", cycles: 3000 }));
  checkCase(availabilityCase(lbsim, { ...pool, up: "deterministic", down: "exponential", cycles: 6000 }));
  checkCase(usablePathCase(lbsim, { hosts: 2, mttfS: 80, mttrS: 20, cycles: 3000, replications }));
});

describe("sessions", () => {
  checkCase(crashCase(lbsim, { members: 4, sessions: 1000, lbmethod: "byrequests", replications }));
  checkCase(crashCase(lbsim, { members: 4, sessions: 500, lbmethod: "heartbeat", replications: 200 }));
  checkCase(sessionLifeCase(lbsim, { lengthS: 10, mttfS: 100, ratePerSec: 2, sessions: 30_000, replications }));
});

describe("detection and retries", () => {
  checkCase(detectionCase(lbsim, { intervalS: 10, fails: 3, members: 4, ratePerSec: 4, outages: 60, replications }));
  checkCase(retryCase(lbsim, { errorRate: 0.3, retries: 1, requests: 50_000, replications }));
});
