import type { Server } from "../server.ts";

/** A `balance` algorithm over one group of servers (active or backup) with its own structure. */
export interface LbMethod {
  /** The server that gets the request, null = all are full. `avoid` = server of the attempt that failed. */
  pick(avoid: Server | null, hash: number | null): Server | null;
  /** The server joins, with its weight set. */
  up(server: Server): void;
  /** The server leaves; `weight` is what it had. */
  down(server: Server, weight: number): void;
  /** The weight of a server in use changed from `before`. */
  reweighted(server: Server, before: number): void;
  /** A slot of the server was taken or freed, or its queue changed. */
  loadChanged(server: Server): void;
  /** Names of what `scoresOf` answers, most important first. */
  readonly scores: readonly string[];
  scoresOf(server: Server): readonly number[];
  /** How the last pick was made, in words. */
  readonly rule: string;
}
