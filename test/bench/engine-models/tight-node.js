import { createRequire } from "node:module";

const xor128 = createRequire(import.meta.url)("seedrandom/lib/xor128.js");

/**
 * What an expert would write by hand for these models alone: everything in the locals of one function, times
 * as plain doubles, one sequenced generator, an exponential variate from 32 random bits, a textbook 4-ary heap.
 */
export function runTightNode({ servers, lambda }, customers, seed) {
  const uniform = xor128(`tight-${seed}`);
  const bits = uniform.int32;
  const meanGap = 1 / lambda;

  const heapTime = new Float64Array(4096);
  const heapOrder = new Uint32Array(4096);
  const heapWhat = new Int32Array(4096);
  let heapSize = 0;
  let order = 0;
  let now = 0;

  function schedule(time, what) {
    const mine = order++;
    let i = heapSize++;
    while (i > 0) {
      const up = (i - 1) >> 2;
      const upTime = heapTime[up];
      if (upTime < time || (upTime === time && heapOrder[up] < mine)) break;
      heapTime[i] = upTime;
      heapOrder[i] = heapOrder[up];
      heapWhat[i] = heapWhat[up];
      i = up;
    }
    heapTime[i] = time;
    heapOrder[i] = mine;
    heapWhat[i] = what;
  }

  function takeFirst() {
    now = heapTime[0];
    const what = heapWhat[0];
    const size = --heapSize;
    if (size === 0) return what;
    const time = heapTime[size];
    const mine = heapOrder[size];
    const moved = heapWhat[size];
    let i = 0;
    for (let child = 1; child < size; child = (i << 2) + 1) {
      let least = child;
      let leastTime = heapTime[child];
      let leastOrder = heapOrder[child];
      const stop = Math.min(child + 4, size);
      for (let c = child + 1; c < stop; c++) {
        const t = heapTime[c];
        if (t < leastTime || (t === leastTime && heapOrder[c] < leastOrder)) {
          least = c;
          leastTime = t;
          leastOrder = heapOrder[c];
        }
      }
      if (time < leastTime || (time === leastTime && mine < leastOrder)) break;
      heapTime[i] = leastTime;
      heapOrder[i] = leastOrder;
      heapWhat[i] = heapWhat[least];
      i = least;
    }
    heapTime[i] = time;
    heapOrder[i] = mine;
    heapWhat[i] = moved;
    return what;
  }

  const joined = new Float64Array(1 << 20);
  const demands = new Float64Array(1 << 20);
  const behind = new Int32Array(1 << 20);
  const first = new Int32Array(servers).fill(-1);
  const last = new Int32Array(servers).fill(-1);
  const busy = new Int32Array(servers);
  let free = -1;
  let used = 0;
  let arrived = 0;
  let served = 0;
  let waited = 0;

  schedule(minusLog(bits()) * meanGap, -1);
  while (heapSize > 0) {
    const server = takeFirst();
    if (server < 0) {
      arrived++;
      const demand = minusLog(bits());
      let chosen = 0;
      if (servers === 100) {
        const one = (uniform() * 100) | 0;
        let other = (uniform() * 99) | 0;
        if (other >= one) other++;
        chosen = busy[other] < busy[one] ? other : one;
      } else {
        let least = busy[0];
        for (let i = 1; i < servers; i++) {
          if (busy[i] < least) {
            least = busy[i];
            chosen = i;
          }
        }
      }
      if (busy[chosen]++ === 0) {
        served++;
        schedule(now + demand, chosen);
      } else {
        let cell = free;
        if (cell >= 0) free = behind[cell];
        else cell = used++;
        joined[cell] = now;
        demands[cell] = demand;
        behind[cell] = -1;
        if (last[chosen] < 0) first[chosen] = cell;
        else behind[last[chosen]] = cell;
        last[chosen] = cell;
      }
      if (arrived < customers) schedule(now + minusLog(bits()) * meanGap, -1);
    } else {
      busy[server]--;
      const cell = first[server];
      if (cell >= 0) {
        first[server] = behind[cell];
        if (first[server] < 0) last[server] = -1;
        waited += now - joined[cell];
        served++;
        schedule(now + demands[cell], server);
        behind[cell] = free;
        free = cell;
      }
    }
  }
  return { served, meanWait: waited / served };
}

const CENTRE = Float64Array.from({ length: 128 }, (_, i) => 1 + (2 * i + 1) / 256);
const INVERSE = CENTRE.map((centre) => 1 / centre);
const LOG = CENTRE.map((centre) => Math.log(centre));
const SCALE = Float64Array.from({ length: 32 }, (_, i) => 2 ** -i);

/** -ln((n + 1/2) / 2^32) for 32 random bits n, from a table of logarithms and a polynomial. */
function minusLog(random) {
  const n = random >>> 0;
  const exponent = 31 - Math.clz32(n | 1);
  const mantissa = (n + 0.5) * SCALE[exponent];
  const cell = exponent >= 7 ? (n >>> (exponent - 7)) & 127 : ((mantissa - 1) * 128) & 127;
  const r = (mantissa - CENTRE[cell]) * INVERSE[cell];
  const series = r * (1 - r * (1 / 2 - r * (1 / 3 - r * (1 / 4 - r * (1 / 5 - r * (1 / 6))))));
  return (32 - exponent) * Math.LN2 - LOG[cell] - series;
}
