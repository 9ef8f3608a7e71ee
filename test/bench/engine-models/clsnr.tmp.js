import { EventQueue } from "../../../dist/engine/event-queue.js";
import { exponential } from "../../../dist/engine/random/distributions/index.js";
import { Draws } from "../../../dist/engine/random/draws.js";
import { RandomStream } from "../../../dist/engine/random/random-stream.js";
import { SECOND_US } from "../../../dist/engine/sim-time.js";

const ARRIVAL = 0;
const SERVICE_END = 1;
/** More than ever wait at 80 % load. */
const LONGEST_LINE = 1 << 20;

export function runLbsimEngine(model, customers, seed) {
  return new Balancer(model, customers, seed).run();
}

class Balancer {
  queue = new EventQueue();
  joinedUs = new Float64Array(LONGEST_LINE);
  demandsUs = new Float64Array(LONGEST_LINE);
  behind = new Int32Array(LONGEST_LINE);
  free = -1;
  used = 0;
  arrived = 0;
  served = 0;
  waitedUs = Number.NaN;

  constructor({ servers, lambda }, customers, seed) {
    this.gap = exponential(SECOND_US / lambda);
    this.demand = exponential(SECOND_US);
    this.draws = new Draws(seed, 0, "customers");
    this.choices = new RandomStream(seed, 0, "proxy");
    this.customers = customers;
    this.busy = new Int32Array(servers);
    this.first = new Int32Array(servers).fill(-1);
    this.last = new Int32Array(servers).fill(-1);
  }

  run() {
    const queue = this.queue;
    this.waitedUs = 0;
    queue.push((this.gap.sample(this.draws.at(0))), 1, ARRIVAL, 0);
    while (queue.pop()) {
      if (queue.kind === ARRIVAL) this.arrive();
      else this.endService(queue.id);
    }
    return { served: this.served, meanWait: this.waitedUs / SECOND_US / this.served };
  }

  arrive() {
    const { queue, busy } = this;
    const nowUs = queue.timeUs;
    const draws = this.draws.at(++this.arrived);
    const gapUs = (this.gap.sample(draws));
    const demandUs = (this.demand.sample(draws));
    if (this.arrived < this.customers) queue.push(nowUs + gapUs, 1, ARRIVAL, 0);
    const server = busy.length === 100 ? pickOfTwo(busy, this.choices) : pickShortest(busy);
    if (busy[server]++ === 0) {
      this.served++;
      queue.push(nowUs + demandUs, 0, SERVICE_END, server);
      return;
    }
    let cell = this.free;
    if (cell >= 0) this.free = this.behind[cell];
    else cell = this.used++;
    this.joinedUs[cell] = nowUs;
    this.demandsUs[cell] = demandUs;
    this.behind[cell] = -1;
    if (this.last[server] < 0) this.first[server] = cell;
    else this.behind[this.last[server]] = cell;
    this.last[server] = cell;
  }

  endService(server) {
    this.busy[server]--;
    const cell = this.first[server];
    if (cell < 0) return;
    const next = this.behind[cell];
    this.first[server] = next;
    if (next < 0) this.last[server] = -1;
    this.behind[cell] = this.free;
    this.free = cell;
    const nowUs = this.queue.timeUs;
    this.waitedUs += nowUs - this.joinedUs[cell];
    this.served++;
    this.queue.push(nowUs + this.demandsUs[cell], 0, SERVICE_END, server);
  }
}

function (us) {
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
