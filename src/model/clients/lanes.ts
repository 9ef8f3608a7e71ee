import { longerFloat64, longerInt32, longerUint8 } from "../growing.ts";

const INITIAL = 64;

/**
 * What a client session does on each of its connections: lane = slot × parallel + k. A lane carries one user request at a
 * time, through all its tries, and keeps its connection between requests.
 */
export class Lanes {
  /** Connection that is open, or -1. */
  connection = new Int32Array(INITIAL).fill(-1);
  /** 1 = the connection is established. */
  connected = new Uint8Array(INITIAL);
  /** Request (try) that is out, or -1. */
  request = new Int32Array(INITIAL).fill(-1);
  ordinal = new Int32Array(INITIAL);
  tryNumber = new Int32Array(INITIAL);
  classIndex = new Int32Array(INITIAL);
  /** Intended start of the first try. */
  startedUs = new Float64Array(INITIAL);
  /** Status of an answer that comes in parts, 0 = no head yet. */
  status = new Int32Array(INITIAL);
  /** Handles, or -1. */
  patienceTimer = new Float64Array(INITIAL).fill(-1);
  idleTimer = new Float64Array(INITIAL).fill(-1);
  /** When the client closes its tunnel, or -1 = no tunnel is open. */
  tunnelEndUs = new Float64Array(INITIAL).fill(-1);

  /** Makes room for a lane. */
  reach(lane: number): void {
    while (lane >= this.connection.length) this.grow();
  }

  private grow(): void {
    const length = this.connection.length * 2;
    this.connection = longerInt32(this.connection, length, -1);
    this.connected = longerUint8(this.connected, length);
    this.request = longerInt32(this.request, length, -1);
    this.ordinal = longerInt32(this.ordinal, length);
    this.tryNumber = longerInt32(this.tryNumber, length);
    this.classIndex = longerInt32(this.classIndex, length);
    this.startedUs = longerFloat64(this.startedUs, length);
    this.status = longerInt32(this.status, length);
    this.patienceTimer = longerFloat64(this.patienceTimer, length, -1);
    this.idleTimer = longerFloat64(this.idleTimer, length, -1);
    this.tunnelEndUs = longerFloat64(this.tunnelEndUs, length, -1);
  }
}
