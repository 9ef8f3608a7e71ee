import { SERVICE_MS } from "./scenario.js";

const US_PER_MS = 1000;

/** Replaces a method of an object by one that calls `before` first. */
function tap(object, method, before) {
  const inner = object[method].bind(object);
  object[method] = (...args) => {
    before(...args);
    inner(...args);
  };
}

/** Mean response time of the run in mean service times. */
export function responseTime(run, serviceMs = SERVICE_MS) {
  const { latency } = run.recorder;
  return latency.sum / latency.count / (serviceMs * US_PER_MS);
}

/** Quantile of the response time in mean service times. */
export function responseQuantile(run, p, serviceMs = SERVICE_MS) {
  return run.recorder.latency.quantile(p) / (serviceMs * US_PER_MS);
}

/** Time averages over all backends: requests present and requests waiting. */
export function levels(run) {
  const { running, waiting, window } = run.recorder;
  const total = (integrals) => integrals.reduce((sum, each) => sum + each.total(), 0);
  const spanUs = window.toUs - window.fromUs;
  const waits = total(waiting) / spanUs;
  return { present: total(running) / spanUs + waits, waiting: waits };
}

/** Calls `seen(nowUs, fault, backend, active)` for every begin and end of a fault. */
export function onFault(run, seen) {
  tap(run.recorder, "faultChanged", seen);
}

/** Calls `seen(nowUs, request, identity, sessionSlot)` for every try that begins. */
export function onRequestStarted(run, seen) {
  tap(run.recorder, "requestStarted", seen);
}

/** Calls `seen(nowUs, startedUs, classIndex, outcome, tries)` for every user request that has ended. */
export function onUserRequest(run, seen) {
  tap(run.recorder, "userRequestFinished", seen);
}

/** Calls `seen(nowUs, member, state)` for every change of a member's state. */
export function onMemberState(run, seen) {
  tap(run.machine.listener, "memberChanged", seen);
}

/**
 * Lets every host report its ready threads every five seconds, so that heartbeat splits at random. The method draws from
 * 0 … Σready with both ends possible and the last match wins, so the last host gets one share more than it reports:
 * it is told one less, and the shares are exactly the weights.
 */
export function splitAtRandom(run, weights) {
  const report = (nowUs) => {
    for (const [address, weight] of weights.entries()) {
      const isLast = address === weights.length - 1;
      run.machine.loadReport(nowUs, address, 0, isLast ? weight - 1 : weight);
    }
    run.drive.observeAt(nowUs + 5_000_000, report);
  };
  run.drive.observeAt(0, report);
}
