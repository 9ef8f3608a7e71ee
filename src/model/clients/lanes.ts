/** Whole numbers of a lane: column of `rows[(lane << 4) | …]`. */
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

/** Times and handles of a lane: column of `times[(lane << 3) | …]`. */
export const LaneTime = {
  /** Intended start of the first try. */
  STARTED: 4,
  /** Handle of the timer, or -1; the next one too. */
  PATIENCE: 5,
  IDLE: 6,
  /** When the client closes its tunnel, or -1 = no tunnel is open. */
  TUNNEL_END: 7,
} as const;

const INITIAL = 64;
const BYTES_PER_LANE = 64;

/**
 * What a client session does on each of its connections: lane = slot × parallel + k. A lane carries one user request at a
 * time, through all its tries, and keeps its connection between requests.
 *
 * Numbers and times of a lane are two views of the same 64 bytes, numbers first: with many live sessions what a request
 * costs is the number of places in memory that it must look at.
 */
export class Lanes {
  rows = new Int32Array(0);
  times = new Float64Array(0);
  private capacity = 0;

  /** Makes room for a lane. */
  reach(lane: number): void {
    if (lane < this.capacity) return;
    const before = this.capacity;
    this.capacity = Math.max(INITIAL, before * 2);
    while (lane >= this.capacity) this.capacity *= 2;
    const buffer = new ArrayBuffer(this.capacity * BYTES_PER_LANE);
    const rows = new Int32Array(buffer);
    const times = new Float64Array(buffer);
    rows.set(this.rows);
    for (let each = before; each < this.capacity; each++) {
      rows[(each << 4) | LaneField.CONNECTION] = -1;
      rows[(each << 4) | LaneField.REQUEST] = -1;
      times[(each << 3) | LaneTime.PATIENCE] = -1;
      times[(each << 3) | LaneTime.IDLE] = -1;
      times[(each << 3) | LaneTime.TUNNEL_END] = -1;
    }
    this.rows = rows;
    this.times = times;
  }
}
