import type { Draws } from "../../engine/random/draws.ts";
import { type RequestJournal, TryField } from "../sessions/request-journal.ts";

/** What a coin decides; part of its address, so that one coin's being thrown or not shifts no other. */
export const Coin = { ERROR: 0, CLOSE: 1, TRUNCATE: 2, HIDDEN: 3 } as const;

/** Attempts of the proxy within one try that get coins of their own; further ones share the last. */
const MAX_ATTEMPTS = 64;

/** Chance in the answers of backends, addressed by client, session, request, try and the proxy's attempt. */
export class ErrorCoins {
  private readonly draws: Draws;
  private readonly journal: RequestJournal;

  constructor(draws: Draws, journal: RequestJournal) {
    this.draws = draws;
    this.journal = journal;
  }

  /** Last index of the address; the kind of coin goes into its low bits. */
  static address(tryNumber: number, attempt: number): number {
    return (tryNumber * MAX_ATTEMPTS + Math.min(attempt, MAX_ATTEMPTS - 1)) << 2;
  }

  /** A uniform number for an attempt of a request. */
  throw(request: number, address: number, coin: number): number {
    const { rows } = this.journal;
    const at = request << 4;
    return this.draws
      .at(
        rows[at | TryField.CLIENT] as number,
        rows[at | TryField.SESSION] as number,
        rows[at | TryField.ORDINAL] as number,
        address | coin,
      )
      .next();
  }
}
