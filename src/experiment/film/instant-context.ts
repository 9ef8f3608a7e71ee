import type { Player } from "./cast.ts";

/** Kinds of events, and members of one proxy, are fewer than these. */
const EVENTS = 256;
const MEMBERS = 65_536;

/**
 * What happened at an instant as one number: its events, the member that the last decision chose, and the member that
 * the last request to end was sent to. The same cells of the status page change when the same happens.
 */
export function instantContext(events: number, winner = -1, ended: Player | undefined = undefined): number {
  const servedBy = ended?.winners[ended.winners.length - 1] ?? -1;
  return events + EVENTS * (winner + 1 + MEMBERS * (servedBy + 1));
}
