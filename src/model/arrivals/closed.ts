import type { Distribution } from "../../engine/random/distributions/distribution.ts";
import type { Draws } from "../../engine/random/draws.ts";

/**
 * A closed loop: a fixed number of users, each of whom starts a session when the last one has ended and a pause is over.
 * The run begins with a pause of every user, so that they do not all start at one instant (unless the pause is constant).
 */
export class ClosedUsers {
  readonly users: number;
  private readonly pause: Distribution;
  private readonly draws: Draws;

  constructor(users: number, pause: Distribution, draws: Draws) {
    this.users = users;
    this.pause = pause;
    this.draws = draws;
  }

  /** Pause in µs before session number `session` of a user. */
  pauseUs(user: number, session: number): number {
    return Math.max(0, Math.round(this.pause.sample(this.draws.at(user, session))));
  }
}
