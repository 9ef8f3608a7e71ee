/** Lists the transitions out of a state by calling `to(target, rate)` for each. */
export type Transitions = (state: number, to: (target: number, rate: number) => void) => void;

/**
 * Stationary probabilities of an irreducible continuous-time Markov chain whose transitions lead at most
 * `bandwidth` state numbers up or down.
 *
 * States are taken out one by one from the last, their flow passed on to those before them; then the probabilities
 * follow from the first. The method never subtracts, so even probabilities of 1e-30 keep nearly all their digits.
 * It takes size · bandwidth² steps.
 *
 * Source: Grassmann, Taksar and Heyman (1985), Operations Research 33.
 *
 * @throws RangeError when a transition leaves the band or the states, or a state cannot reach an earlier one.
 */
export function solveBandedChain(size: number, bandwidth: number, transitions: Transitions): Float64Array {
  const span = 2 * bandwidth + 1;
  // The rate from state i to state j is at i·span + (j − i + bandwidth).
  const rates = new Float64Array(size * span);
  for (let state = 0; state < size; state += 1) {
    transitions(state, (target, rate) => {
      if (target < 0 || target >= size || Math.abs(target - state) > bandwidth) {
        throw new RangeError(`the transition from ${state} to ${target} leaves the band or the chain`);
      }
      const place = state * span + target - state + bandwidth;
      rates[place] = (rates[place] ?? 0) + rate;
    });
  }
  for (let last = size - 1; last > 0; last -= 1) eliminate(rates, span, bandwidth, last);
  return substitute(rates, span, bandwidth, size);
}

function eliminate(rates: Float64Array, span: number, bandwidth: number, last: number): void {
  const lowest = Math.max(0, last - bandwidth);
  const lastRow = last * span + bandwidth - last;
  let out = 0;
  for (let j = lowest; j < last; j += 1) out += rates[lastRow + j] ?? 0;
  if (!(out > 0)) throw new RangeError(`state ${last} leads to no earlier state`);
  for (let i = lowest; i < last; i += 1) {
    const row = i * span + bandwidth - i;
    const weight = (rates[row + last] ?? 0) / out;
    if (weight === 0) continue;
    rates[row + last] = weight;
    for (let j = lowest; j < last; j += 1) {
      rates[row + j] = (rates[row + j] ?? 0) + weight * (rates[lastRow + j] ?? 0);
    }
  }
}

function substitute(rates: Float64Array, span: number, bandwidth: number, size: number): Float64Array {
  const probabilities = new Float64Array(size);
  probabilities[0] = 1;
  let sum = 1;
  for (let state = 1; state < size; state += 1) {
    let inflow = 0;
    for (let i = Math.max(0, state - bandwidth); i < state; i += 1) {
      inflow += (probabilities[i] ?? 0) * (rates[i * span + state - i + bandwidth] ?? 0);
    }
    probabilities[state] = inflow;
    sum += inflow;
  }
  for (let state = 0; state < size; state += 1) probabilities[state] = (probabilities[state] ?? 0) / sum;
  return probabilities;
}
