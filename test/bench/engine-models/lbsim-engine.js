import { EventQueue } from "../../../dist/engine/event-queue.js";
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
 * own, for the gap to the next and its demand), a RandomStream for the choices of the balancer. Written as the simulator
 * itself is: an object with one method for each kind of event, and times read where they lie.
 */
class Queueing {
  constructor({ servers, lambda }, customers, seed) {
    this.servers = servers;
    this.customers = customers;
    this.queue = new EventQueue();
    this.gap = exponential(SECOND_US / lambda);
    this.demand = exponential(SECOND_US);
    this.draws = new Draws(seed, 0, "customers");
    this.choices = new RandomStream(seed, 0, "proxy");
    this.busy = new Int32Array(servers);
    this.joinedUs = new Float64Array(LONGEST_LINE);
    this.demandsUs = new Float64Array(LONGEST_LINE);
    this.behind = new Int32Array(LONGEST_LINE);
    this.first = new Int32Array(servers).fill(-1);
    this.last = new Int32Array(servers).fill(-1);
    this.free = -1;
    this.used = 0;
    this.arrived = 0;
    this.served = 0;
    this.waitedUs = 0;
  }

  run() {
    const { queue } = this;
    queue.push(this.gapUs(), 1, ARRIVAL, 0);
    while (queue.pop()) {
      if (queue.kind === ARRIVAL) this.arrive();
      else this.depart(queue.id);
    }
    return { served: this.served, meanWait: this.waitedUs / SECOND_US / this.served };
  }

  arrive() {
    const { queue, busy } = this;
    this.arrived++;
    const gapUs = this.gapUs();
    const demandUs = this.demandUs();
    if (this.arrived < this.customers) queue.push(queue.timeUs + gapUs, 1, ARRIVAL, 0);
    const server = this.servers === 100 ? pickOfTwo(busy, this.choices) : pickShortest(busy);
    const before = busy[server];
    busy[server] = before + 1;
    if (before === 0) {
      this.served++;
      queue.push(queue.timeUs + demandUs, 0, SERVICE_END, server);
    } else this.wait(queue.timeUs, server, demandUs);
  }

  depart(server) {
    const { queue, behind, first } = this;
    this.busy[server]--;
    const cell = first[server];
    if (cell < 0) return;
    first[server] = behind[cell];
    if (first[server] < 0) this.last[server] = -1;
    this.waitedUs += queue.timeUs - this.joinedUs[cell];
    this.served++;
    queue.push(queue.timeUs + this.demandsUs[cell], 0, SERVICE_END, server);
    behind[cell] = this.free;
    this.free = cell;
  }

  wait(nowUs, server, demandUs) {
    const { behind, first, last } = this;
    let cell = this.free;
    if (cell >= 0) this.free = behind[cell];
    else cell = this.used++;
    this.joinedUs[cell] = nowUs;
    this.demandsUs[cell] = demandUs;
    behind[cell] = -1;
    if (last[server] < 0) first[server] = cell;
    else behind[last[server]] = cell;
    last[server] = cell;
  }

  gapUs() {
    return wholeUs(this.gap.sample(this.draws.at(this.arrived)));
  }

  demandUs() {
    return wholeUs(this.demand.sample(this.draws));
  }
}

export function runLbsimEngine(model, customers, seed) {
  return new Queueing(model, customers, seed).run();
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
