import { exp, pow } from "../../engine/random/exact-math.ts";

const MAX_STEPS = 1_000;
const STEP_END = 1e-15;

/** One server behind strict round robin; times in mean service times. */
export interface RoundRobinQueue {
  /** Probability that an arriving request waits, the root σ of the GI/M/1 equation. */
  readonly sigma: number;
  /** Mean time in the system. */
  readonly W: number;
  /** Mean wait before service. */
  readonly Wq: number;
}

/** β(σ): Laplace transform, at μ(1 − σ), of the time between two requests at one of `servers` servers. */
function interarrivalTransform(servers: number, rho: number, sigma: number): { value: number; slope: number } {
  if (servers === Number.POSITIVE_INFINITY) {
    const value = exp(-(1 - sigma) / rho);
    return { value, slope: value / rho };
  }
  const rate = servers * rho;
  const value = pow(rate / (rate + 1 - sigma), servers);
  return { value, slope: (servers * value) / (rate + 1 - sigma) };
}

/**
 * E_k/M/1: Poisson arrivals dealt in strict rotation to `servers` servers of mean service time 1 and load `rho`.
 * Every k-th arrival reaches a server, so its gaps are Erlang(k). σ solves σ = (kρ/(kρ + 1 − σ))^k, then
 * W = 1/(1 − σ) and Wq = σ/(1 − σ). Infinitely many servers give D/M/1.
 *
 * β is convex with β(0) > 0, so Newton's method on β(σ) − σ, started at 0, climbs to the smaller root and never
 * reaches the trivial root σ = 1.
 *
 * Source: Kendall (1953), Annals of Mathematical Statistics 24; Cohen, The Single Server Queue, 1969, section II.3.
 *
 * @throws RangeError when `servers` is neither a positive integer nor infinite, or `rho` is not strictly between 0
 * and 1.
 */
export function ekm1(servers: number, rho: number): RoundRobinQueue {
  if (!(servers === Number.POSITIVE_INFINITY || (Number.isSafeInteger(servers) && servers >= 1))) {
    throw new RangeError(`the number of servers is a positive integer or infinite, got ${servers}`);
  }
  if (!(rho > 0 && rho < 1)) throw new RangeError(`the load lies strictly between 0 and 1, got ${rho}`);
  let sigma = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { value, slope } = interarrivalTransform(servers, rho, sigma);
    const change = (value - sigma) / (1 - slope);
    sigma += change;
    if (Math.abs(change) <= STEP_END) break;
  }
  return { sigma, W: 1 / (1 - sigma), Wq: sigma / (1 - sigma) };
}
