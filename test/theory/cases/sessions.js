import { onRequestStarted, splitAtRandom } from "../lab/observe.js";
import { httpdConf } from "../lab/scenario.js";

const STICKY = { balancer: "stickysession=JSESSIONID" };

function lost(run) {
  return run.recorder.lostByCause.reduce((sum, each) => sum + each, 0);
}

/**
 * One of n nodes dies after `sessions` sessions began and before any of them asked again: every session on it is lost.
 *
 * @param {{ members: number, sessions: number, lbmethod: "byrequests" | "heartbeat", replications: number }} options
 */
export function crashCase({ theory }, { members, sessions, lbmethod, replications }) {
  const { mean, sd } = theory.binomialMoments(sessions, 1 / members);
  const atRandom = lbmethod === "heartbeat";
  const spread = { name: "squared deviation of that, over its variance", expected: 1, within: 0.4 };
  return {
    id: `sessions-lost-${members}-${lbmethod}`,
    says: atRandom
      ? `a crash takes a binomial share of the sessions that were assigned to ${members} nodes at random`
      : `a crash takes exactly a ${members}th of the sessions that were assigned in rotation`,
    source: "Feller 1, IX",
    replications,
    quantities: [{ name: `sessions lost of ${sessions}`, expected: mean }, ...(atRandom ? [spread] : [])],
    scenario: {
      proxy: { inline: httpdConf({ members, lbmethod, ...STICKY }) },
      clients: {
        // Sessions begin 100 ms apart; the second request of each comes long after the crash.
        sessions: {
          trace: Array.from({ length: sessions }, (_, i) => `${i * 100}ms`),
          requests: 2,
          think: "1h",
        },
        idle: "1s",
      },
      backends: { default: { service: "1ms", session: { expiry: "never" } } },
      faults: [{ at: `${sessions * 0.1 + 60}s`, for: "60s", crash: "10.0.0.1:8080" }],
      "warm-up": "0s",
      duration: "3h",
    },
    observe: (run) => {
      if (atRandom) splitAtRandom(run, Array(members).fill(8));
      return () => (atRandom ? [lost(run), ((lost(run) - mean) / sd) ** 2] : [lost(run)]);
    },
  };
}

/** A session of fixed length on a node with exponential time to failure: P(lost) = 1 − exp(−D/MTTF). */
export function sessionLifeCase(_lbsim, { lengthS, mttfS, ratePerSec, sessions, replications }) {
  return {
    id: `session-life-${lengthS}-of-${mttfS}`,
    says: `a session that lasts ${lengthS} s on nodes with MTTF ${mttfS} s is lost with probability 1 − exp(−D/MTTF)`,
    source: "Barlow and Proschan (1975), 2: the exponential law forgets its age",
    replications,
    quantities: [{ name: "share of sessions lost", expected: 1 - Math.exp(-lengthS / mttfS), within: 0.05 }],
    scenario: {
      proxy: { inline: httpdConf({ members: 4, ...STICKY }) },
      clients: {
        sessions: { rate: `${ratePerSec}/s`, requests: 2, think: `${lengthS}s` },
        idle: "1s",
      },
      backends: { default: { service: "10us", session: { expiry: "never" } } },
      faults: [{ crash: "all", mtbf: { exponential: { mean: `${mttfS}s` } }, mttr: "100ms" }],
      "warm-up": `${4 * lengthS}s`,
      duration: `${sessions / ratePerSec}s`,
    },
    observe: (run) => {
      // A client whose session was lost starts another one with the same request: only first requests count.
      const { fromUs, toUs } = run.recorder.window;
      let begun = 0;
      onRequestStarted(run, (nowUs, _request, { ordinal }) => {
        if (ordinal === 0 && nowUs >= fromUs && nowUs < toUs) begun++;
      });
      return () => [lost(run) / begun];
    },
  };
}
