/** What random splitting by weight does to the servers behind it. */
export interface RandomSplit {
  /** Load of every server, a ratio, in the order of the weights. */
  readonly loads: readonly number[];
  /** Mean time in the system over all requests. */
  readonly W: number;
}

function requireRates(rates: readonly number[]): void {
  if (rates.length === 0 || rates.some((rate) => !(rate > 0 && rate < Number.POSITIVE_INFINITY))) {
    throw new RangeError(`service rates are positive and finite, at least one, got [${rates.join(", ")}]`);
  }
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * Poisson arrivals sent at random, in proportion to weights, to servers with exponential service. Every server sees
 * its own Poisson process and is an M/M/1 queue: W = Σ p_i/(μ_i − λ p_i).
 *
 * Source: Kingman, Poisson Processes, 1993, section 5.1 (thinning).
 *
 * @throws RangeError when the lists differ in length, a weight is negative, all are 0, a rate is not positive or a
 * server's load is 1 or more.
 */
export function randomSplit(
  weights: readonly number[],
  arrivalRate: number,
  serviceRates: readonly number[],
): RandomSplit {
  requireRates(serviceRates);
  const weightSum = total(weights);
  if (weights.length !== serviceRates.length || weights.some((weight) => !(weight >= 0)) || !(weightSum > 0)) {
    throw new RangeError(`every server needs a weight of 0 or more, one of them positive, got [${weights.join(", ")}]`);
  }
  if (!(arrivalRate > 0)) throw new RangeError(`the arrival rate is positive, got ${arrivalRate}`);
  const loads: number[] = [];
  let W = 0;
  for (const [server, serviceRate] of serviceRates.entries()) {
    const share = (weights[server] ?? 0) / weightSum;
    const load = (arrivalRate * share) / serviceRate;
    if (!(load < 1)) throw new RangeError(`server ${server} has load ${load}: the load must stay below 1`);
    loads.push(load);
    W += share / (serviceRate - arrivalRate * share);
  }
  return { loads, W };
}

/**
 * Arrival rates per server that make the mean time of a random split shortest, the square-root rule:
 * λ_i = μ_i − √μ_i · (Σμ − λ)/Σ√μ over the servers that are used at all. The slowest servers are left without
 * requests while the rule would give them a negative rate.
 *
 * Source: Bell and Stidham (1983), Management Science 29.
 *
 * @throws RangeError when a rate is not positive or the servers together cannot carry `arrivalRate`.
 */
export function optimalSplit(arrivalRate: number, serviceRates: readonly number[]): number[] {
  requireRates(serviceRates);
  if (!(arrivalRate > 0 && arrivalRate < total(serviceRates))) {
    throw new RangeError(`the arrival rate lies between 0 and the total service rate, got ${arrivalRate}`);
  }
  let used = [...serviceRates];
  for (;;) {
    const spare = (total(used) - arrivalRate) / total(used.map((rate) => Math.sqrt(rate)));
    const stillUsed = used.filter((rate) => Math.sqrt(rate) > spare);
    if (stillUsed.length === used.length) {
      return serviceRates.map((rate) => Math.max(0, rate - Math.sqrt(rate) * spare));
    }
    used = stillUsed;
  }
}
