import type { Distribution } from "../../engine/random/distributions/distribution.ts";
import type { Draws } from "../../engine/random/draws.ts";
import { ln } from "../../engine/random/exact-math.ts";
import { type ArrivalProcess, US_PER_SECOND } from "./arrival-process.ts";

export interface ModulatingState {
  readonly ratePerSec: number;
  /** Time in µs that the state lasts. */
  readonly sojourn: Distribution;
}

/**
 * Markov-modulated Poisson arrivals: states with their own rates follow each other in a cycle, starting with the first.
 * (Fischer and Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", 1993; sojourns of any
 * distribution are allowed.) Gaps are drawn by arrival number, sojourns by their own number under a second index.
 */
export function mmppArrivals(states: readonly ModulatingState[], draws: Draws): ArrivalProcess {
  if (states.every((each) => each.ratePerSec === 0)) return { next: () => Number.POSITIVE_INFINITY };
  let timeUs = 0;
  let visit = 0;
  let state = states[0] as ModulatingState;
  let changeUs = state.sojourn.sample(draws.at(0, 1));
  return {
    next(arrival) {
      let due = -ln(1 - draws.at(arrival).next());
      for (;;) {
        const rate = state.ratePerSec / US_PER_SECOND;
        const available = rate * (changeUs - timeUs);
        if (due <= available) {
          timeUs += due / rate;
          return Math.round(timeUs);
        }
        due -= available;
        timeUs = changeUs;
        visit++;
        state = states[visit % states.length] as ModulatingState;
        changeUs += state.sojourn.sample(draws.at(visit, 1));
      }
    },
  };
}
