import { onFault } from "../lab/observe.js";
import { httpdConf } from "../lab/scenario.js";

/** Laws of the times to failure and to repair with a given mean in seconds. */
const TIMES = {
  exponential: (meanS) => ({ exponential: { mean: `${meanS}s` } }),
  deterministic: (meanS) => `${meanS}s`,
  Weibull: (meanS) => ({ weibull: { shape: 1.5, mean: `${meanS}s` } }),
};

/**
 * Independent hosts that fail and are repaired, each by its own repairer; the pool works while `needed` of them are up.
 * The laws of both times do not matter. Only one of them may be deterministic: with both, all hosts would fail in step.
 *
 * @param {{ hosts: number, needed: number, mttfS: number, mttrS: number, up: string, down: string, cycles: number,
 * replications: number }} options `cycles` = failures of one host per replication, about
 */
export function availabilityCase({ theory }, { hosts, needed, mttfS, mttrS, up, down, cycles, replications }) {
  const expected = theory.kOfNAvailability(hosts, needed, mttfS, mttrS);
  const cycleS = mttfS + mttrS;
  const warmUpS = 400 * cycleS;
  return {
    id: `available-${needed}-of-${hosts}-${up}-${down}`,
    says: `${needed} of ${hosts} hosts with ${up} times to failure and ${down} repairs are available as in alternating renewal`,
    source: "Barlow and Proschan (1975), 2 and 7",
    replications,
    quantities: [
      { name: "availability of the pool", expected: expected.availability },
      { name: "outages of the pool per 1000 s", expected: expected.failureFrequency * 1000, within: 0.03 },
      { name: "mean outage, s", expected: expected.meanDownTime },
    ],
    scenario: {
      proxy: { inline: httpdConf({ members: hosts }) },
      clients: { requests: { rate: "1/h" } },
      backends: { default: { service: "1ms" } },
      faults: [{ crash: "all", mtbf: TIMES[up](mttfS), mttr: TIMES[down](mttrS) }],
      "warm-up": `${warmUpS}s`,
      duration: `${cycles * cycleS}s`,
    },
    observe: (run) => watchPool(run, hosts, needed),
  };
}

function watchPool(run, hosts, needed) {
  const { fromUs, toUs } = run.recorder.window;
  let up = hosts;
  let outages = 0;
  let downUs = 0;
  let downSinceUs = 0;
  const within = (us) => Math.min(toUs, Math.max(fromUs, us));
  onFault(run, (nowUs, _fault, _backend, active) => {
    if (active && up === needed) {
      downSinceUs = nowUs;
      if (nowUs >= fromUs && nowUs < toUs) outages++;
    }
    up += active ? -1 : 1;
    if (!active && up === needed) downUs += within(nowUs) - within(downSinceUs);
  });
  return () => {
    if (up < needed) downUs += toUs - within(downSinceUs);
    const spanUs = toUs - fromUs;
    return [1 - downUs / spanUs, (outages / spanUs) * 1e9, downUs / outages / 1e6];
  };
}

/** The same as the result reports it: time with at least one usable path, 1 of n. Nobody is held in error (status=I). */
export function usablePathCase({ theory }, { hosts, mttfS, mttrS, cycles, replications }) {
  const law = (meanS) => ({ exponential: { mean: `${meanS}s` } });
  return {
    id: `usable-path-1-of-${hosts}`,
    says: `availability_time over ${hosts} hosts is the availability of 1 of ${hosts}`,
    source: "Barlow and Proschan (1975), 2",
    replications,
    quantities: [
      {
        name: "availability_time",
        expected: theory.kOfNAvailability(hosts, 1, mttfS, mttrS).availability,
      },
    ],
    scenario: {
      proxy: { inline: httpdConf({ members: hosts, member: "status=+I" }) },
      clients: { requests: { rate: "1/h" } },
      backends: { default: { service: "1ms" } },
      faults: [{ crash: "all", mtbf: law(mttfS), mttr: law(mttrS) }],
      "warm-up": `${50 * (mttfS + mttrS)}s`,
      duration: `${cycles * (mttfS + mttrS)}s`,
    },
    observe: (run) => () => [run.result().metrics.availability_time],
  };
}
