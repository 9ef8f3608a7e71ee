import type { ClientRequest } from "../../contract/http-message.ts";
import { lengthFor, longerInt32 } from "../../engine/growing.ts";
import type { RequestIdentity } from "../world-listener.ts";

/** What is noted of one try: column of `rows[(request << 4) | …]`. */
export const TryField = {
  /** Unique per try: request ids are reused. */
  SERIAL: 0,
  LANE: 1,
  SLOT: 2,
  SLOT_GENERATION: 3,
  // identity
  CLIENT: 4,
  SESSION: 5,
  ORDINAL: 6,
  TRY: 7,
  CLASS: 8,
  /** Requests that backends have received for this try: numbers its attempts. */
  ATTEMPTS: 9,
  /** State that the client's session had when the request was sent, or -1, and that state's serial. */
  EXPECTED: 10,
  EXPECTED_SERIAL: 11,
  // written with the answer
  /** State that the application found or made, or -1, and its serial. */
  STATE: 12,
  STATE_SERIAL: 13,
  /** 1 = the application made it. */
  IS_NEW: 14,
  /** 1 = the answer hides an error. */
  HIDES_ERROR: 15,
} as const;

const INITIAL = 64;

/**
 * Joins what clients, backends and ledger know about one try, by the driver's request id. Clients write a row when they
 * send; the backend that answers writes what the application did; the clients read that when the answer reaches them.
 * Nothing in it is seen by an application or a cookie jar. A row is one cache line.
 */
export class RequestJournal {
  rows = new Int32Array(INITIAL << 4).fill(-1);
  /** What was sent; for the ledger's question what the client sent. */
  sent: (ClientRequest | null)[] = [];

  private capacity = INITIAL;
  private serials = 0;

  /** Opens the row of a try that was just sent. The ledger fills in the state that is expected. */
  open(
    request: number,
    sent: ClientRequest,
    lane: number,
    slot: number,
    slotGeneration: number,
    identity: RequestIdentity,
  ): void {
    if (request >= this.capacity) this.grow(request);
    const { rows } = this;
    const at = request << 4;
    rows[at | TryField.SERIAL] = this.serials;
    rows[at | TryField.LANE] = lane;
    rows[at | TryField.SLOT] = slot;
    rows[at | TryField.SLOT_GENERATION] = slotGeneration;
    rows[at | TryField.CLIENT] = identity.client;
    rows[at | TryField.SESSION] = identity.session;
    rows[at | TryField.ORDINAL] = identity.ordinal;
    rows[at | TryField.TRY] = identity.tryNumber;
    rows[at | TryField.CLASS] = identity.classIndex;
    rows[at | TryField.ATTEMPTS] = 0;
    rows[at | TryField.STATE] = -1;
    rows[at | TryField.IS_NEW] = 0;
    rows[at | TryField.HIDES_ERROR] = 0;
    this.serials = (this.serials + 1) & 0x7fffffff;
    this.sent[request] = sent;
  }

  /** Notes what the application did for a request that is answered now. */
  answered(request: number, state: number, stateSerial: number, isNew: boolean, hidesError: boolean): void {
    const { rows } = this;
    const at = request << 4;
    rows[at | TryField.STATE] = state;
    rows[at | TryField.STATE_SERIAL] = stateSerial;
    rows[at | TryField.IS_NEW] = isNew ? 1 : 0;
    rows[at | TryField.HIDES_ERROR] = hidesError ? 1 : 0;
  }

  private grow(request: number): void {
    this.capacity = lengthFor(this.capacity, request);
    this.rows = longerInt32(this.rows, this.capacity << 4, -1);
  }
}
