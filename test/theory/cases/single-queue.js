import { levels, onUserRequest, responseQuantile, responseTime } from "../lab/observe.js";
import { fcfsBackend, httpdConf, poissonScenario, SERVICE_MS, sharingBackend, warmUpSeconds } from "../lab/scenario.js";

const UNIT = "mean response time, in service times";

/** Bounded Pareto with shape 1.5 on [1, 1000]: its mean and second moment in units of the smallest value. */
const PARETO_MEAN = 2.905223541;
const PARETO_CV2 = 9.884799793;
const PARETO_MIN_MS = 4;

/** Laws of the service time: how they are written, mean in ms and cv². */
export const LAWS = {
  exponential: { service: { exponential: { mean: `${SERVICE_MS}ms` } }, meanMs: SERVICE_MS, cv2: 1 },
  deterministic: { service: `${SERVICE_MS}ms`, meanMs: SERVICE_MS, cv2: 0 },
  "Erlang-4": { service: { erlang: { shape: 4, mean: `${SERVICE_MS}ms` } }, meanMs: SERVICE_MS, cv2: 0.25 },
  "Erlang-2": { service: { erlang: { shape: 2, mean: `${SERVICE_MS}ms` } }, meanMs: SERVICE_MS, cv2: 0.5 },
  hyperexponential: {
    service: { hyperexponential: { mean: `${SERVICE_MS}ms`, cv: 2 } },
    meanMs: SERVICE_MS,
    cv2: 4,
  },
  lognormal: { service: { lognormal: { mean: `${SERVICE_MS}ms`, cv: 2 } }, meanMs: SERVICE_MS, cv2: 4 },
  "bounded Pareto": {
    service: {
      "bounded-pareto": { shape: 1.5, min: `${PARETO_MIN_MS}ms`, max: `${PARETO_MIN_MS * 1000}ms` },
    },
    meanMs: PARETO_MIN_MS * PARETO_MEAN,
    cv2: PARETO_CV2,
  },
};

function oneQueue(backend, load, servers, meanMs, requests, clients = {}) {
  const ratePerSec = (load * servers * 1000) / meanMs;
  return poissonScenario({
    conf: httpdConf({ members: 1 }),
    ratePerSec,
    backends: { default: backend },
    requests,
    warmUpS: warmUpSeconds(load, meanMs),
    clients,
  });
}

/** M/M/1 with its number in the system and the 95 % quantile of its response time. */
export function mm1Case({ theory }, { load, requests, replications }) {
  const { W, L } = theory.mm1(load);
  return {
    id: `mm1-${load}`,
    says: `M/M/1 at load ${load} has mean response time 1/(1 − ρ), ρ/(1 − ρ) requests present and exponential response times`,
    source: "Kleinrock, Queueing Systems 1 (1975), 3.2 and 5.12",
    replications,
    quantities: [
      { name: UNIT, expected: W },
      { name: "requests present", expected: L },
      { name: "95 % quantile, in service times", expected: theory.mm1TimeQuantile(0.95, load), within: 0.03 },
    ],
    scenario: oneQueue(fcfsBackend(LAWS.exponential.service), load, 1, SERVICE_MS, requests),
    observe: (run) => () => [responseTime(run), levels(run).present, responseQuantile(run, 0.95)],
  };
}

/** One backend with several servers and one queue. */
export function mmcCase({ theory }, { servers, load, requests, replications }) {
  const { W, Lq } = theory.mmc(servers, servers * load);
  return {
    id: `mm${servers}-${load}`,
    says: `M/M/${servers} at load ${load} waits as Erlang C says`,
    source: "Erlang (1917); Kleinrock 1 (1975), 3.5",
    replications,
    quantities: [
      { name: UNIT, expected: W },
      { name: "requests waiting", expected: Lq, within: 0.05 },
    ],
    scenario: oneQueue(fcfsBackend(LAWS.exponential.service, servers), load, servers, SERVICE_MS, requests),
    observe: (run) => () => [responseTime(run), levels(run).waiting],
  };
}

/** A backend without waiting places: what is too much is answered 503. */
export function lossCase({ theory }, { servers, offered, law, requests, replications }) {
  const backend = { ...fcfsBackend(LAWS[law].service, servers), queue: 0, "queue-full": "reject" };
  return {
    id: `loss-${servers}-${offered}-${law}`,
    says: `a backend with ${servers} places and no queue rejects the share of Erlang B at ${offered} Erlang of ${law} work`,
    source: "Erlang (1917); Sevastyanov (1957) for every law",
    replications,
    quantities: [{ name: "share rejected", expected: theory.erlangB(servers, offered) }],
    scenario: oneQueue(backend, offered / servers, servers, LAWS[law].meanMs, requests),
    observe: (run) => () => [1 - run.recorder.userGood / run.recorder.userRequests],
  };
}

/** First come, first served: the wait grows with the variance of the service. */
export function mg1Case({ theory }, { law, load, requests, replications }) {
  const { service, meanMs, cv2 } = LAWS[law];
  return {
    id: `mg1-${law}-${load}`,
    says: `M/G/1 with ${law} service at load ${load} waits as Pollaczek and Khinchine say`,
    source: "Pollaczek (1930), Khinchine (1932)",
    replications,
    quantities: [{ name: UNIT, expected: theory.mg1(load, 1, cv2).W }],
    scenario: oneQueue(fcfsBackend(service), load, 1, meanMs, requests),
    observe: (run) => () => [responseTime(run, meanMs)],
  };
}

/** Processor sharing: the mean does not depend on the law of the service. */
export function sharingCase({ theory }, { law, load, requests, replications }) {
  const { service, meanMs } = LAWS[law];
  return {
    id: `ps-${law}-${load}`,
    says: `M/G/1 processor sharing with ${law} service at load ${load} has mean response time 1/(1 − ρ)`,
    source: "Sakata et al. (1971); Kelly (1979), 3.3",
    replications,
    quantities: [{ name: UNIT, expected: theory.mg1ps(1, load) }],
    scenario: oneQueue(sharingBackend(service), load, 1, meanMs, requests),
    observe: (run) => () => [responseTime(run, meanMs)],
  };
}

/** Two sizes of requests on a shared core: each is slowed down by the same factor. */
export function sharingBySizeCase({ theory }, { load, requests, replications }) {
  const shortMs = 1;
  const longMs = 19;
  const classes = [
    { name: "short", path: "/short", service: `${shortMs}ms` },
    { name: "long", path: "/long", service: `${longMs}ms` },
  ];
  return {
    id: `ps-by-size-${load}`,
    says: `processor sharing at load ${load} slows short and long requests down by the same factor`,
    source: "Kelly (1979), 3.3",
    replications,
    quantities: [
      { name: `mean response time of ${shortMs} ms of work, ms`, expected: theory.mg1ps(shortMs, load) },
      { name: `mean response time of ${longMs} ms of work, ms`, expected: theory.mg1ps(longMs, load) },
    ],
    scenario: oneQueue(sharingBackend(`${SERVICE_MS}ms`), load, 1, (shortMs + longMs) / 2, requests, { classes }),
    observe: (run) => {
      const sumUs = [0, 0];
      const count = [0, 0];
      onUserRequest(run, (nowUs, startedUs, classIndex) => {
        if (startedUs < run.world.warmUpUs) return;
        sumUs[classIndex] += nowUs - startedUs;
        count[classIndex]++;
      });
      return () => sumUs.map((sum, c) => sum / count[c] / 1000);
    },
  };
}
