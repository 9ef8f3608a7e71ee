import { longerFloat64, longerInt32 } from "../growing.ts";

/** Whole numbers of a lane: column of `rows[(lane << 3) | …]`. */
export const LaneField = {
  /** Connection that is open, or -1. */
  CONNECTION: 0,
  /** 1 = the connection is established. */
  CONNECTED: 1,
  /** Request (try) that is out, or -1. */
  REQUEST: 2,
  // the user request that the lane is busy with
  ORDINAL: 3,
  TRY: 4,
  CLASS: 5,
  /** Status of an answer that comes in parts, 0 = no head yet. */
  STATUS: 6,
} as const;

/** Times and handles of a lane: column of `times[(lane << 2) | …]`. */
export const LaneTime = {
  /** Intended start of the first try. */
  STARTED: 0,
  /** Handle of the timer, or -1; the next one too. */
  PATIENCE: 1,
  IDLE: 2,
  /** When the client closes its tunnel, or -1 = no tunnel is open. */
  TUNNEL_END: 3,
} as const;

const INITIAL = 64;

/**
 * What a client session does on each of its connections: lane = slot × parallel + k. A lane carries one user request at a
 * time, through all its tries, and keeps its connection between requests.
 */
export class Lanes {
  rows = new Int32Array(INITIAL << 3).fill(-1);
  times = new Float64Array(INITIAL << 2).fill(-1);
  private capacity = INITIAL;

  /** Makes room for a lane. */
  reach(lane: number): void {
    while (lane >= this.capacity) {
      this.capacity *= 2;
      this.rows = longerInt32(this.rows, this.capacity << 3, -1);
      this.times = longerFloat64(this.times, this.capacity << 2, -1);
    }
  }
}
