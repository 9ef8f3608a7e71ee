import type { ClientRequest } from "../../contract/http-message.ts";
import { lengthFor, longerInt32, longerUint8 } from "../growing.ts";
import type { RequestIdentity } from "../world-listener.ts";

const INITIAL = 64;

/**
 * Joins what clients, backends and ledger know about one try, by the driver's request id. Clients write a row when they
 * send; the backend that answers writes what the application did; the clients read that when the answer reaches them.
 * Nothing in it is seen by an application or a cookie jar.
 */
export class RequestJournal {
  /** Unique per try: request ids are reused. */
  serial = new Int32Array(INITIAL).fill(-1);
  lane = new Int32Array(INITIAL);
  slot = new Int32Array(INITIAL);
  slotGeneration = new Int32Array(INITIAL);
  client = new Int32Array(INITIAL);
  session = new Int32Array(INITIAL);
  ordinal = new Int32Array(INITIAL);
  tryNumber = new Int32Array(INITIAL);
  classIndex = new Int32Array(INITIAL);
  /** State that the client's session had when the request was sent, or -1. */
  expected = new Int32Array(INITIAL);
  expectedSerial = new Int32Array(INITIAL);
  /** Requests that backends have received for this try: numbers its attempts. */
  attempts = new Int32Array(INITIAL);
  /** What was sent; for the ledger's question what the client sent. */
  sent: (ClientRequest | null)[] = [];

  // written with the answer
  /** State that the application found or made, or -1. */
  state = new Int32Array(INITIAL);
  stateSerial = new Int32Array(INITIAL);
  /** 1 = the application made it. */
  isNew = new Uint8Array(INITIAL);
  /** 1 = the answer hides an error. */
  hidesError = new Uint8Array(INITIAL);

  private serials = 0;

  /** Opens the row of a try that was just sent. */
  open(
    request: number,
    sent: ClientRequest,
    lane: number,
    slot: number,
    slotGeneration: number,
    identity: RequestIdentity,
  ): void {
    if (request >= this.serial.length) this.grow(request);
    this.serial[request] = this.serials;
    this.serials = (this.serials + 1) & 0x7fffffff;
    this.lane[request] = lane;
    this.slot[request] = slot;
    this.slotGeneration[request] = slotGeneration;
    this.client[request] = identity.client;
    this.session[request] = identity.session;
    this.ordinal[request] = identity.ordinal;
    this.tryNumber[request] = identity.tryNumber;
    this.classIndex[request] = identity.classIndex;
    this.attempts[request] = 0;
    this.sent[request] = sent;
    this.state[request] = -1;
    this.isNew[request] = 0;
    this.hidesError[request] = 0;
  }

  /** Notes what the application did for a request that is answered now; unless the try is over for everybody. */
  answered(request: number, serial: number, state: number, stateSerial: number, isNew: boolean, hides: boolean): void {
    if (this.serial[request] !== serial) return;
    this.state[request] = state;
    this.stateSerial[request] = stateSerial;
    this.isNew[request] = isNew ? 1 : 0;
    this.hidesError[request] = hides ? 1 : 0;
  }

  private grow(request: number): void {
    const length = lengthFor(this.serial.length, request);
    this.serial = longerInt32(this.serial, length, -1);
    this.lane = longerInt32(this.lane, length);
    this.slot = longerInt32(this.slot, length);
    this.slotGeneration = longerInt32(this.slotGeneration, length);
    this.client = longerInt32(this.client, length);
    this.session = longerInt32(this.session, length);
    this.ordinal = longerInt32(this.ordinal, length);
    this.tryNumber = longerInt32(this.tryNumber, length);
    this.classIndex = longerInt32(this.classIndex, length);
    this.expected = longerInt32(this.expected, length);
    this.expectedSerial = longerInt32(this.expectedSerial, length);
    this.attempts = longerInt32(this.attempts, length);
    this.state = longerInt32(this.state, length);
    this.stateSerial = longerInt32(this.stateSerial, length);
    this.isNew = longerUint8(this.isNew, length);
    this.hidesError = longerUint8(this.hidesError, length);
  }
}
