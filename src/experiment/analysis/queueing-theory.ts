import { exp, ln, pow } from "../../engine/random/exact-math.ts";

export { binomialMoments, type CountMoments } from "./binomial-moments.ts";
export { type KOfNAvailability, kOfNAvailability } from "./k-of-n-availability.ts";
export { optimalSplit, type RandomSplit, randomSplit } from "./random-split.ts";
export { ekm1, type RoundRobinQueue } from "./round-robin-queue.ts";
export { jsq2, type ShortestOfTwo } from "./shortest-of-two.ts";

/** Long-run means of a stable queue, in the letters of the textbooks; times in the unit of the service time. */
export interface QueueMeans {
  /** Load per server, a ratio. */
  readonly rho: number;
  /** Mean number of requests in the system, waiting and in service. */
  readonly L: number;
  /** Mean number of requests waiting. */
  readonly Lq: number;
  /** Mean time in the system. */
  readonly W: number;
  /** Mean wait before service. */
  readonly Wq: number;
}

/** Means of a queue with several servers, and how often a request has to wait at all. */
export interface MultiServerMeans extends QueueMeans {
  /** Probability that an arriving request waits (Erlang C). */
  readonly waitProbability: number;
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} is positive and finite, got ${value}`);
  }
}

function requireStable(rho: number): void {
  if (!(rho < 1)) throw new RangeError(`a queue with load ${rho} has no steady state: the load must stay below 1`);
}

function requireServers(servers: number): void {
  if (!Number.isSafeInteger(servers) || servers < 1) {
    throw new RangeError(`the number of servers is a positive integer, got ${servers}`);
  }
}

/** The other three means from the wait, by Little's law (Little 1961, Operations Research 9). */
function fromWait(rho: number, arrivalRate: number, serviceMean: number, Wq: number): QueueMeans {
  const W = Wq + serviceMean;
  return { rho, L: arrivalRate * W, Lq: arrivalRate * Wq, W, Wq };
}

/**
 * M/M/1: Poisson arrivals, exponential service, one server. L = ρ/(1 − ρ), W = 1/(μ − λ).
 *
 * Source: Kleinrock, Queueing Systems, Vol. 1, 1975, section 3.2.
 *
 * @throws RangeError when a rate is not positive or the load is 1 or more.
 */
export function mm1(arrivalRate: number, serviceRate: number = 1): QueueMeans {
  return mg1(arrivalRate, 1 / serviceRate, 1);
}

/**
 * The p-quantile of the time in an M/M/1 system that serves first come, first served: −ln(1 − p)/(μ − λ).
 *
 * Source: Kleinrock, Queueing Systems, Vol. 1, 1975, section 5.12.
 *
 * @throws RangeError when `p` lies outside 0 <= p < 1, a rate is not positive or the load is 1 or more.
 */
export function mm1TimeQuantile(p: number, arrivalRate: number, serviceRate: number = 1): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`a quantile is asked for 0 <= p < 1, got ${p}`);
  return -ln(1 - p) * mm1(arrivalRate, serviceRate).W;
}

/**
 * P(N >= k) in an M/M/1 system: ρ^k.
 *
 * Source: Kleinrock, Queueing Systems, Vol. 1, 1975, section 3.2.
 *
 * @throws RangeError when a rate is not positive or the load is 1 or more.
 */
export function mm1NumberTail(k: number, arrivalRate: number, serviceRate: number = 1): number {
  return pow(mm1(arrivalRate, serviceRate).rho, k);
}

/**
 * Erlang B: the share of requests refused by `servers` servers without a queue at `offeredLoad` = λ/μ Erlang, for
 * every service time law (Sevastyanov 1957). B(0) = 1, B(k) = a B(k−1)/(k + a B(k−1)).
 *
 * Source: Erlang (1917), Elektroteknikeren 13.
 *
 * @throws RangeError when `servers` is not a positive integer or the load is not positive.
 */
export function erlangB(servers: number, offeredLoad: number): number {
  requireServers(servers);
  requirePositive("the offered load", offeredLoad);
  let blocked = 1;
  for (let k = 1; k <= servers; k += 1) blocked = (offeredLoad * blocked) / (k + offeredLoad * blocked);
  return blocked;
}

/**
 * Erlang C: the probability that a request waits in one common queue before `servers` servers.
 * C = B/(1 − ρ(1 − B)).
 *
 * Source: Erlang (1917), Elektroteknikeren 13.
 *
 * @throws RangeError when `servers` is not a positive integer, the load is not positive or ρ is 1 or more.
 */
export function erlangC(servers: number, offeredLoad: number): number {
  const blocked = erlangB(servers, offeredLoad);
  const rho = offeredLoad / servers;
  requireStable(rho);
  return blocked / (1 - rho * (1 - blocked));
}

/**
 * M/M/c: one common queue before c equal servers, the best any load balancer could do. Wq = C/(cμ − λ).
 *
 * Source: Kleinrock, Queueing Systems, Vol. 1, 1975, section 3.5.
 *
 * @throws RangeError when `servers` is not a positive integer, a rate is not positive or ρ is 1 or more.
 */
export function mmc(servers: number, arrivalRate: number, serviceRate: number = 1): MultiServerMeans {
  requirePositive("the service rate", serviceRate);
  const waitProbability = erlangC(servers, arrivalRate / serviceRate);
  const rho = arrivalRate / (servers * serviceRate);
  const Wq = waitProbability / (servers * serviceRate - arrivalRate);
  return { ...fromWait(rho, arrivalRate, 1 / serviceRate, Wq), waitProbability };
}

/**
 * P(wait > t) in M/M/c served first come, first served: C exp(−(cμ − λ)t).
 *
 * Source: Gross and Harris, Fundamentals of Queueing Theory, section 2.3.
 *
 * @throws RangeError when `mmc` does, or `t` is negative.
 */
export function mmcWaitTail(t: number, servers: number, arrivalRate: number, serviceRate: number = 1): number {
  if (!(t >= 0)) throw new RangeError(`a wait is not negative, got ${t}`);
  return mmc(servers, arrivalRate, serviceRate).waitProbability * exp(-(servers * serviceRate - arrivalRate) * t);
}

/**
 * M/G/1 served first come, first served: Wq = ρ/(1 − ρ) · (1 + cv²)/2 · E[S], with cv² = Var S / E[S]².
 *
 * Source: Pollaczek (1930), Mathematische Zeitschrift 32; Khinchine (1932), Matematicheskii Sbornik 39.
 *
 * @throws RangeError when the rate or the mean is not positive, cv² is negative or the load is 1 or more.
 */
export function mg1(arrivalRate: number, serviceMean: number, cv2: number): QueueMeans {
  requirePositive("the arrival rate", arrivalRate);
  requirePositive("the mean service time", serviceMean);
  if (!(cv2 >= 0)) throw new RangeError(`a squared coefficient of variation is not negative, got ${cv2}`);
  const rho = arrivalRate * serviceMean;
  requireStable(rho);
  return fromWait(rho, arrivalRate, serviceMean, (rho / (1 - rho)) * ((1 + cv2) / 2) * serviceMean);
}

/**
 * Mean time in an M/G/1 processor-sharing system of a request that needs `service`: service/(1 − ρ), whatever the
 * law of the service times. With the mean service time it is the mean over all requests.
 *
 * Source: Sakata, Noguchi and Oizumi (1971), Operations Research 19; Kelly, Reversibility and Stochastic Networks,
 * 1979, section 3.3.
 *
 * @throws RangeError when `service` or `rho` is negative or the load is 1 or more.
 */
export function mg1ps(service: number, rho: number): number {
  if (!(service >= 0 && rho >= 0)) throw new RangeError(`service and load are not negative, got ${service}, ${rho}`);
  requireStable(rho);
  return service / (1 - rho);
}
