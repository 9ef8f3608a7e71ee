import { solveBandedChain } from "./banded-markov-chain.ts";

const NEGLIGIBLE = 1e-13;
const FIRST_WIDTH = 32;
const LARGEST_WIDTH = 256;
const LARGEST_LOAD = 0.99;

/** Two equal servers behind a rule that prefers the shorter queue; times in mean service times. */
export interface ShortestOfTwo {
  /** Mean time in the system. */
  readonly W: number;
  /** Mean number of requests at both servers. */
  readonly L: number;
  /** Probability that both servers are empty. */
  readonly bothIdle: number;
  /** Probability that a given server is empty; 1 − ρ in theory, so it tells how good the solution is. */
  readonly oneIdle: number;
}

/** Levels of the shorter queue to keep: its tail falls like ρ^(2a), and faster than an independent pair's. */
function levelsFor(rho: number): number {
  let levels = 1;
  for (let tail = rho * rho; tail > NEGLIGIBLE * (1 - rho); tail *= rho * rho) levels += 1;
  return levels;
}

function solve(rho: number, shorterShare: number, width: number): ShortestOfTwo & { edge: number } {
  const levels = levelsFor(rho);
  const arrivals = 2 * rho;
  const phases = width + 1;
  // State (a, d): a requests at the shorter queue, a + d at the longer. Its number is a·phases + d, so that every
  // transition, (a+1, d−1) and (a−1, d+1) included, leads at most `width` numbers away.
  const probabilities = solveBandedChain(levels * phases, width, (state, to) => {
    const a = Math.floor(state / phases);
    const d = state % phases;
    if (d === 0) {
      to(state + 1, arrivals);
      if (a > 0) to(state - width, 2);
      return;
    }
    if (a + 1 < levels) to(state + width, arrivals * shorterShare);
    if (d < width) to(state + 1, arrivals * (1 - shorterShare));
    to(state - 1, 1);
    if (a > 0 && d < width) to(state - width, 1);
  });
  let L = 0;
  let edge = 0;
  let oneIdle = 0;
  for (const [state, probability] of probabilities.entries()) {
    const a = Math.floor(state / phases);
    const d = state % phases;
    L += probability * (2 * a + d);
    if (d === width) edge += probability;
    if (a === 0) oneIdle += d === 0 ? probability : probability / 2;
  }
  return { W: L / arrivals, L, bothIdle: probabilities[0] ?? Number.NaN, oneIdle, edge };
}

/**
 * Join the shorter of two queues: Poisson arrivals, exponential service of mean 1, load `rho` per server.
 *
 * `shorterShare` is the probability that a request joins the shorter queue when they differ: 1 is join-shortest-queue
 * (and two distinct choices), 0.75 is two choices with replacement, since one pair in four is the longer queue twice.
 *
 * There is no elementary closed form. The two-dimensional chain (shorter queue, difference) is cut off where the
 * rest has no weight and solved by elimination; W is good to about 1e-9.
 *
 * Source of the model: Haight (1958), Biometrika 45; Flatto and McKean (1977), Communications on Pure and Applied
 * Mathematics 30.
 *
 * @throws RangeError when `rho` is not between 0 and 0.99 (the chain would grow too large) or `shorterShare` is not
 * between 0.75 and 1.
 */
export function jsq2(rho: number, shorterShare: number = 1): ShortestOfTwo {
  if (!(rho > 0 && rho <= LARGEST_LOAD)) throw new RangeError(`the load lies between 0 and 0.99, got ${rho}`);
  if (!(shorterShare >= 0.75 && shorterShare <= 1)) {
    throw new RangeError(`the share of the shorter queue lies between 0.75 and 1, got ${shorterShare}`);
  }
  let width = FIRST_WIDTH;
  let solution = solve(rho, shorterShare, width);
  while (solution.edge > NEGLIGIBLE && width < LARGEST_WIDTH) {
    width *= 2;
    solution = solve(rho, shorterShare, width);
  }
  const { W, L, bothIdle, oneIdle } = solution;
  return { W, L, bothIdle, oneIdle };
}
