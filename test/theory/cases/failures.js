import { onFault, onMemberState } from "../lab/observe.js";
import { httpdConf } from "../lab/scenario.js";

/** mod_proxy_hcheck looks every 0.1 s and begins a check strictly later than the interval: the period is longer by that. */
const WATCHDOG_TICK_S = 0.1;
/** Long enough for a node to be found well again before it fails next, and spread over many periods. */
const UP_S = { min: 30, max: 130 };
const OUTAGE_S = 60;

/**
 * A crash at a random phase of the health checks, found after `fails` failed ones, and what is sent to the dead node
 * until then: its share of the requests, since errors of requests are ignored (status=I).
 */
export function detectionCase(_lbsim, { intervalS, fails, members, ratePerSec, outages, replications }) {
  const periodS = intervalS + WATCHDOG_TICK_S;
  const detectionS = periodS / 2 + (fails - 1) * periodS;
  return {
    id: `detection-${intervalS}-${fails}`,
    says: `health checks every ${intervalS} s with hcfails=${fails} find a crash after half a period and ${fails - 1} more, and until then the dead node gets its share`,
    source: "a uniform phase of a fixed cycle; Poisson thinning (Kingman 1993)",
    replications,
    quantities: [
      { name: "mean time to detection, s", expected: detectionS },
      { name: "requests refused per outage", expected: (ratePerSec / members) * detectionS },
    ],
    scenario: {
      proxy: {
        inline: httpdConf({ members, member: `status=+I hcmethod=TCP hcinterval=${intervalS} hcfails=${fails}` }),
      },
      clients: { requests: { rate: `${ratePerSec}/s` } },
      backends: { default: { service: "1ms" } },
      faults: [
        {
          crash: "10.0.0.1:8080",
          mtbf: { uniform: { min: `${UP_S.min}s`, max: `${UP_S.max}s` } },
          mttr: `${OUTAGE_S}s`,
        },
      ],
      "warm-up": "0s",
      duration: `${outages * ((UP_S.min + UP_S.max) / 2 + OUTAGE_S)}s`,
    },
    observe: watchDetection,
  };
}

function watchDetection(run) {
  let sinceUs = -1;
  let found = 0;
  let waitedUs = 0;
  onFault(run, (nowUs, _fault, _backend, active) => {
    sinceUs = active ? nowUs : -1;
  });
  onMemberState(run, (nowUs, member, state) => {
    if (member !== 0 || sinceUs < 0 || !state.includes("HcFl")) return;
    found++;
    waitedUs += nowUs - sinceUs;
    sinceUs = -1;
  });
  return () => {
    const { userRequests, userGood } = run.recorder;
    return [waitedUs / found / 1e6, (userRequests - userGood) / found];
  };
}

/** Errors that strike every try independently, and clients who try again. */
export function retryCase(_lbsim, { errorRate, retries, requests, replications }) {
  return {
    id: `retries-${errorRate}-${retries}`,
    says: `clients with ${retries} retries fail with probability p^${retries + 1} when every try fails with p = ${errorRate}`,
    source: "Feller 1, VI: Bernoulli trials",
    replications,
    quantities: [
      { name: "share of requests that fail in the end", expected: errorRate ** (retries + 1) },
      { name: "tries per request", expected: (1 - errorRate ** (retries + 1)) / (1 - errorRate) },
    ],
    scenario: {
      proxy: { inline: httpdConf({ members: 2 }) },
      clients: {
        requests: { rate: "100/s" },
        retry: { attempts: retries, backoff: "10ms" },
      },
      backends: { default: { service: "1ms", errors: { rate: errorRate, status: 500 } } },
      "warm-up": "0s",
      duration: `${requests / 100}s`,
    },
    observe: (run) => () => {
      const { userRequests, userGood, started } = run.recorder;
      return [1 - userGood / userRequests, started / userRequests];
    },
  };
}
