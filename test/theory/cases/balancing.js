import { levels, responseTime, splitAtRandom } from "../lab/observe.js";
import { fcfsBackend, httpdConf, poissonScenario, SERVICE_MS, sharingBackend, warmUpSeconds } from "../lab/scenario.js";

const UNIT = "mean response time, in service times";
const EXPONENTIAL = { exponential: { mean: `${SERVICE_MS}ms` } };

function balanced({ lbmethod, members, load, capacity, requests, backends }) {
  return poissonScenario({
    conf: httpdConf({ members, lbmethod }),
    ratePerSec: (load * capacity * 1000) / SERVICE_MS,
    backends,
    requests,
    warmUpS: warmUpSeconds(load),
  });
}

/**
 * Random splitting: heartbeat over hosts that always report the same ready threads.
 *
 * @param {{ weights: number[], speeds: number[], arrivals: number, requests: number, replications: number }} options
 * `arrivals` per mean service time at speed 1
 */
export function randomSplitCase({ theory }, { weights, speeds, arrivals, requests, replications }) {
  const { W, loads } = theory.randomSplit(weights, arrivals, speeds);
  const backends = { default: fcfsBackend(EXPONENTIAL) };
  for (const [m, speed] of speeds.entries()) backends[`10.0.0.${m + 1}:8080`] = { speed };
  return {
    id: `random-${weights.join("-")}-over-${speeds.join("-")}-at-${arrivals}`,
    says: `heartbeat with ready threads ${weights.join(":")} over speeds ${speeds.join(":")} is random splitting into M/M/1 queues at loads ${loads.map((load) => Number(load.toFixed(3))).join(", ")}`,
    source: "Kingman, Poisson Processes (1993), 5.1",
    replications,
    quantities: [{ name: UNIT, expected: W }],
    scenario: poissonScenario({
      conf: httpdConf({ members: weights.length, lbmethod: "heartbeat" }),
      ratePerSec: (arrivals * 1000) / SERVICE_MS,
      backends,
      requests,
      warmUpS: warmUpSeconds(Math.max(...loads)),
    }),
    observe: (run) => {
      splitAtRandom(
        run,
        weights.map((weight) => weight * 8),
      );
      return () => [responseTime(run)];
    },
  };
}

/** How many requests each of equal hosts gets from random splitting. */
export function randomCountCase({ theory }, { members, requests, replications }) {
  const { mean, sd } = theory.binomialMoments(requests, 1 / members);
  const gapMs = 10;
  return {
    id: `random-counts-${members}`,
    says: `the share of one of ${members} hosts under random splitting is binomial`,
    source: "Feller 1, IX",
    replications,
    quantities: [
      { name: `requests of the first host of ${requests}`, expected: mean },
      { name: "squared deviation of that, over its variance", expected: 1, within: 0.4 },
    ],
    scenario: poissonScenario({
      conf: httpdConf({ members, lbmethod: "heartbeat" }),
      ratePerSec: 1000 / gapMs,
      backends: { default: { service: "1ms" } },
      requests,
      warmUpS: 1,
      clients: { requests: { rate: `${1000 / gapMs}/s`, arrivals: "constant" } },
    }),
    observe: (run) => {
      splitAtRandom(run, Array(members).fill(8));
      return () => {
        const { attempts } = run.recorder.members.finish(run.drive.nowUs)[0];
        return [attempts, ((attempts - mean) / sd) ** 2];
      };
    },
  };
}

/** Strict rotation over single servers. */
export function roundRobinCase({ theory }, { members, load, discipline = "fcfs", requests, replications }) {
  const backend = discipline === "fcfs" ? fcfsBackend(EXPONENTIAL) : sharingBackend(EXPONENTIAL);
  return {
    id: `round-robin-${members}-${load}-${discipline}`,
    says: `byrequests over ${members} equal ${discipline === "fcfs" ? "queues" : "shared cores"} at load ${load} is E${members}/M/1`,
    source: "Kendall (1953); Cohen (1969), II.3",
    replications,
    quantities: [{ name: UNIT, expected: theory.ekm1(members, load).W }],
    scenario: balanced({
      lbmethod: "byrequests",
      members,
      load,
      capacity: members,
      requests,
      backends: { default: backend },
    }),
    observe: (run) => () => [responseTime(run)],
  };
}

/** The shorter of two queues. Which one among equals does not matter: the servers are alike. */
export function shortestQueueCase({ theory }, { load, requests, replications }) {
  const { W, L } = theory.jsq2(load);
  return {
    id: `shortest-of-2-${load}`,
    says: `bybusyness over two equal queues at load ${load} is join the shortest queue`,
    source: "Haight (1958); Flatto and McKean (1977)",
    replications,
    quantities: [
      { name: UNIT, expected: W },
      { name: "requests present", expected: L },
    ],
    scenario: balanced({
      lbmethod: "bybusyness",
      members: 2,
      load,
      capacity: 2,
      requests,
      backends: { default: fcfsBackend(EXPONENTIAL) },
    }),
    observe: (run) => () => [responseTime(run), levels(run).present],
  };
}
