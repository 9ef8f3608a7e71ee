import type { Draws } from "../../engine/random/draws.ts";
import type { JobTable } from "./job-table.ts";

/** What a coin decides; part of its address, so that one coin's being thrown or not shifts no other. */
export const Coin = { ERROR: 0, CLOSE: 1, TRUNCATE: 2, HIDDEN: 3 } as const;

/** Attempts of the proxy within one try that get coins of their own; further ones share the last. */
const MAX_ATTEMPTS = 64;

/** Chance in the answers of backends, addressed by client, session, request, try and the proxy's attempt. */
export class ErrorCoins {
  private readonly draws: Draws;
  private readonly jobs: JobTable;

  constructor(draws: Draws, jobs: JobTable) {
    this.draws = draws;
    this.jobs = jobs;
  }

  /** Last index of the address; the kind of coin goes into its low bits. */
  static address(tryNumber: number, attempt: number): number {
    return (tryNumber * MAX_ATTEMPTS + Math.min(attempt, MAX_ATTEMPTS - 1)) << 2;
  }

  /** A uniform number for a job. */
  throw(job: number, coin: number): number {
    const { jobs } = this;
    return this.of(
      jobs.client[job] as number,
      jobs.session[job] as number,
      jobs.ordinal[job] as number,
      jobs.rows[(job << 4) | JobField.COIN_ADDRESS] as number,
      coin,
    );
  }

  /** A uniform number for a request that is no job (yet). */
  of(client: number, session: number, ordinal: number, address: number, coin: number): number {
    return this.draws.at(client, session, ordinal, address | coin).next();
  }
}
