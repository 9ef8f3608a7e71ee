import { describe } from "vitest";
import { lossCase, mg1Case, mm1Case, mmcCase, sharingBySizeCase, sharingCase } from "./cases/single-queue.js";
import { checkCase, lbsim } from "./check-case.ts";

const replications = 20;

describe("one backend, first come first served", () => {
  checkCase(mm1Case(lbsim, { load: 0.5, requests: 50_000, replications }));
  checkCase(mm1Case(lbsim, { load: 0.8, requests: 140_000, replications }));
  checkCase(mmcCase(lbsim, { servers: 2, load: 0.7, requests: 60_000, replications }));
  checkCase(mmcCase(lbsim, { servers: 4, load: 0.7, requests: 60_000, replications }));
  checkCase(mg1Case(lbsim, { law: "deterministic", load: 0.8, requests: 50_000, replications }));
  checkCase(mg1Case(lbsim, { law: "Erlang-4", load: 0.7, requests: 40_000, replications }));
  checkCase(mg1Case(lbsim, { law: "Erlang-2", load: 0.7, requests: 50_000, replications }));
  checkCase(mg1Case(lbsim, { law: "hyperexponential", load: 0.4, requests: 90_000, replications }));
  checkCase(mg1Case(lbsim, { law: "lognormal", load: 0.4, requests: 130_000, replications }));
});

describe("one backend without a queue", () => {
  checkCase(lossCase(lbsim, { servers: 5, offered: 3, law: "exponential", requests: 45_000, replications }));
  checkCase(lossCase(lbsim, { servers: 5, offered: 3, law: "deterministic", requests: 35_000, replications }));
  checkCase(lossCase(lbsim, { servers: 5, offered: 3, law: "hyperexponential", requests: 65_000, replications }));
});

describe("one shared core", () => {
  checkCase(sharingCase(lbsim, { law: "exponential", load: 0.7, requests: 50_000, replications }));
  checkCase(sharingCase(lbsim, { law: "deterministic", load: 0.8, requests: 70_000, replications }));
  checkCase(sharingCase(lbsim, { law: "hyperexponential", load: 0.5, requests: 60_000, replications }));
  checkCase(sharingCase(lbsim, { law: "bounded Pareto", load: 0.5, requests: 60_000, replications }));
  checkCase(sharingBySizeCase(lbsim, { load: 0.5, requests: 40_000, replications }));
});
