import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { PeerChoice } from "../peer-choice.ts";

/** Nobody can be chosen (nginx: NGX_BUSY). */
export const BUSY = -1;

/** A rehash that finds nobody usable is tried so often before round robin takes over (spec/nginx.md 2.3 to 2.6). */
export const MOST_TRIES = 20;

/** How an upstream chooses a peer of the request's list. */
export interface LbMethod {
  /** Directive of the configuration. */
  readonly name: string;
  readonly describe: string;
  /** A peer's index in `choice.list` (which may have become the backup list), counted as selected; or BUSY. */
  pick(choice: PeerChoice, nowS: number, random: RandomSource): number;
  /** A peer has been chosen, by the method or by a session. */
  began?(choice: PeerChoice, p: number): void;
  /** The head of the peer's answer has been accepted. */
  headCame?(choice: PeerChoice, p: number, nowMs: number): void;
  /** An attempt has ended; `isSuccess` = neither failed nor passed over for the next server. */
  released?(choice: PeerChoice, p: number, nowMs: number, isSuccess: boolean): void;
}
