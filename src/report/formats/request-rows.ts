import { utf8Bytes } from "./utf8-bytes.ts";

/** One try of a client as a row of requests.csv. The record may be reused from row to row. */
export interface RequestRow {
  variant: string;
  replication: number;
  /** Arrival rank in this variant and replication. */
  request: number;
  client: number;
  session: number;
  /** Ordinal of the user request in its session. */
  ordinal: number;
  try: number;
  class: string;
  startUs: number;
  /** null: unresolved at the end of the run. */
  endUs: number | null;
  /** Attempts of the proxy. */
  attempts: number;
  /** Names of the members tried, in order, separated by spaces. */
  members: string;
  /** null: no answer came. */
  status: number | null;
  outcome: string;
  /** What became of the session's state, "" when the request carried none. */
  sessionVerdict: string;
}

/** The header line of requests.csv. */
export const REQUESTS_HEADER =
  "variant,replication,request,client,session,ordinal,try,class,start_us,end_us,attempts,members,status,outcome,session_verdict\n";

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const DIGIT_ZERO = 0x30;
const NEEDS_QUOTES = /[",\n\r]/;
/** More distinct texts than this are encoded anew each time: a memory that grows with the run is a leak. */
const REMEMBERED_TEXTS = 4_096;
const FIRST_SIZE_BYTES = 64 * 1_024;
/** A row needs at most this many bytes for its eleven integers of up to 16 digits and its commas. */
const NUMBERS_SIZE_BYTES = 256;
/** What fits into 32 bits is divided as an integer, which is several times as fast. */
const SMALL = 0x7fffffff;
const BILLION = 1_000_000_000;
const BILLION_DIGITS = 9;

/**
 * Writes rows of requests.csv as UTF-8 bytes, the same that csv-stringify writes with its defaults. Millions of rows pass
 * here: digits go straight into a buffer, and a text is quoted and encoded once however often it comes.
 */
export class RequestRows {
  #buffer = new Uint8Array(FIRST_SIZE_BYTES);
  #length = 0;
  readonly #texts = new Map<string, Uint8Array>();

  /** Bytes written since the last `take`. */
  get sizeBytes(): number {
    return this.#length;
  }

  /** Appends one row. All numbers must be integers from 0 to 2^53 − 1. */
  append(row: RequestRow): void {
    this.#text(row.variant);
    this.#integer(row.replication);
    this.#integer(row.request);
    this.#integer(row.client);
    this.#integer(row.session);
    this.#integer(row.ordinal);
    this.#integer(row.try);
    this.#text(row.class);
    this.#integer(row.startUs);
    this.#integer(row.endUs);
    this.#integer(row.attempts);
    this.#text(row.members);
    this.#integer(row.status);
    this.#text(row.outcome);
    this.#text(row.sessionVerdict);
    // The comma behind the last cell becomes the end of the row.
    this.#buffer[this.#length - 1] = LINE_FEED;
  }

  /** The bytes written since the last call. They are the caller's until the next `append`. */
  take(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #text(text: string): void {
    const bytes = this.#texts.get(text) ?? this.#encode(text);
    this.#reserve(bytes.length);
    const buffer = this.#buffer;
    let at = this.#length;
    // Names are short: a loop is faster than a call that copies.
    for (let index = 0; index < bytes.length; index++) buffer[at++] = bytes[index] as number;
    buffer[at++] = COMMA;
    this.#length = at;
  }

  /** RFC 4180 quoting as csv-stringify does it: only where a comma, a quote or a line break asks for it. */
  #encode(text: string): Uint8Array {
    const bytes = utf8Bytes(NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    if (this.#texts.size < REMEMBERED_TEXTS) this.#texts.set(text, bytes);
    return bytes;
  }

  /** The number, or nothing for null, and a comma. */
  #integer(value: number | null): void {
    if (value !== null) {
      if (value <= SMALL) this.#digits(value);
      else {
        const high = Math.floor(value / BILLION);
        this.#digits(high);
        this.#put(value - high * BILLION, BILLION_DIGITS);
      }
    }
    this.#buffer[this.#length++] = COMMA;
  }

  #digits(value: number): void {
    let size = 1;
    for (let limit = 10; limit <= value; limit *= 10) size++;
    this.#put(value, size);
  }

  /** Exactly `size` digits of a number below 2^31, from the last to the first. */
  #put(value: number, size: number): void {
    const buffer = this.#buffer;
    let rest = value | 0;
    for (let at = this.#length + size - 1; at >= this.#length; at--) {
      const tenth = (rest / 10) | 0;
      buffer[at] = DIGIT_ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.#length += size;
  }

  /** Makes room for a text and for all the numbers that may follow it. */
  #reserve(textBytes: number): void {
    const needed = this.#length + textBytes + NUMBERS_SIZE_BYTES;
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
