import { EventQueue } from "./eq2.tmp.js";
import { exponential } from "../../../dist/engine/random/distributions/index.js";
import { Draws } from "../../../dist/engine/random/draws.js";
import { RandomStream } from "../../../dist/engine/random/random-stream.js";
import { SECOND_US } from "../../../dist/engine/sim-time.js";

const ARRIVAL = 0;
const SERVICE_END = 1;
/** More than ever wait at 80 % load. */
const LONGEST_LINE = 1 << 20;

/**
 * lbsim's own parts: EventQueue, whole microseconds, exponential() on addressed draws (each customer has draws of its
 * own, for its demand and the gap to the next), a RandomStream for the choices of the balancer.
 */
export function runLbsimEngine({ servers, lambda }, customers, seed) {
  const queue = new EventQueue();
  const gap = exponential(SECOND_US / lambda);
  const demand = exponential(SECOND_US);
  const draws = new Draws(seed, 0, "customers");
  const choices = new RandomStream(seed, 0, "proxy");
  const busy = new Int32Array(servers);
  const joinedUs = new Float64Array(LONGEST_LINE);
  const demandsUs = new Float64Array(LONGEST_LINE);
  const behind = new Int32Array(LONGEST_LINE);
  const first = new Int32Array(servers).fill(-1);
  const last = new Int32Array(servers).fill(-1);
  let free = -1;
  let used = 0;
  let arrived = 0;
  let served = 0;
  let waitedUs = 0;

  queue.push(wholeUs(gap.sample(draws.at(0))), 1, ARRIVAL, 0);
  while (queue.pop()) {
    const nowUs = queue.out[0];
    if (queue.kind === ARRIVAL) {
      arrived++;
      const gapUs = wholeUs(gap.sample(draws.at(arrived)));
      const demandUs = wholeUs(demand.sample(draws));
      if (arrived < customers) queue.push(nowUs + gapUs, 1, ARRIVAL, 0);
      const server = servers === 100 ? pickOfTwo(busy, choices) : pickShortest(busy);
      const before = busy[server];
      busy[server] = before + 1;
      if (before === 0) {
        served++;
        queue.push(nowUs + demandUs, 0, SERVICE_END, server);
      } else {
        let cell = free;
        if (cell >= 0) free = behind[cell];
        else cell = used++;
        joinedUs[cell] = nowUs;
        demandsUs[cell] = demandUs;
        behind[cell] = -1;
        if (last[server] < 0) first[server] = cell;
        else behind[last[server]] = cell;
        last[server] = cell;
      }
    } else {
      const server = queue.id;
      busy[server]--;
      const cell = first[server];
      if (cell >= 0) {
        first[server] = behind[cell];
        if (first[server] < 0) last[server] = -1;
        waitedUs += nowUs - joinedUs[cell];
        served++;
        queue.push(nowUs + demandsUs[cell], 0, SERVICE_END, server);
        behind[cell] = free;
        free = cell;
      }
    }
  }
  return { served, meanWait: waitedUs / SECOND_US / served };
}

function wholeUs(us) {
  return Math.floor(us + 0.5);
}

function pickShortest(busy) {
  let best = 0;
  let least = busy[0];
  for (let server = 1; server < busy.length; server++) {
    const count = busy[server];
    if (count < least) {
      least = count;
      best = server;
    }
  }
  return best;
}

function pickOfTwo(busy, choices) {
  const one = choices.nextInt(busy.length);
  let other = choices.nextInt(busy.length - 1);
  if (other >= one) other++;
  return busy[other] < busy[one] ? other : one;
}
