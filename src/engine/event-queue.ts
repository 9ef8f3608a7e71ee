import { InvariantError } from "./invariant.ts";
import type { SimTime } from "./sim-time.ts";

/** 2^44: sequence numbers lie below it, priorities above, in one exact Float64 key of 8 + 44 bits. */
const SEQUENCE_LIMIT = 17_592_186_044_416;
/** 2^32: the id of an event lies below it, its kind above, in one exact Float64. */
const ID_LIMIT = 4_294_967_296;
const TWO_POW_MINUS_32 = 1 / ID_LIMIT;

/** Where the root lies. With the root at 3 the children of `i` are `4(i - 2)` to `4(i - 2) + 3`: one aligned half cache line. */
const ROOT = 3;

/** Cells kept free behind the last event, so that a group of four children can be read whole. */
const PADDING = 4;

/**
 * The future event list: the earliest event first; at the same instant the lower priority number first;
 * at the same priority the one that was pushed first. No two events are ever equal, so the order does not
 * depend on how the heap is built.
 *
 * A 4-ary heap in typed arrays; nothing is allocated per event. Three things make it fast:
 *
 * - `pop` leaves the root open. Most events schedule a successor, and the next `push` sinks it straight from
 *   the root, which saves removing the last event and lifting the new one.
 * - the smallest of four children is found by arithmetic on the comparisons, not by branches that the
 *   processor can't foresee. Cells behind the last event hold Infinity, so that a group is always complete.
 * - times stand alone, because a search reads four of them; all else about an event stands in two neighbouring
 *   numbers, so that moving one in a large heap touches two cache lines.
 *
 * `timeUs`, `kind` and `id` describe the event popped last.
 */
export class EventQueue {
  /** Time of the event popped last; -Infinity before the first. */
  timeUs: SimTime = Number.NEGATIVE_INFINITY;
  /** Kind of the event popped last, 0..255. */
  kind = 0;
  /** Number of the thing the event popped last is about, an int32. */
  id = 0;

  private times: Float64Array;
  /** By cell, two numbers: the order among events of one instant, and kind and id. */
  private rest: Float64Array;
  private limit: number;
  /** One past the last occupied cell. */
  private end = ROOT;
  /** 1 = the root is open; a number, because testing a field that holds a boolean costs three comparisons more. */
  private rootIsOpen = 0;
  private sequence = 0;

  /** @param initialCapacity events that fit before the arrays are doubled. */
  constructor(initialCapacity = 1024) {
    const cells = ROOT + Math.max(1, initialCapacity) + PADDING;
    this.times = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
    this.rest = new Float64Array(2 * cells);
    this.limit = cells - PADDING;
  }

  /** Events that wait. */
  get size(): number {
    return this.end - ROOT - this.rootIsOpen;
  }

  /**
   * Schedules an event.
   *
   * @param timeUs not before the event popped last, and at most 2^53.
   * @param priority 0..255; the lower goes first at the same instant.
   * @param kind 0..255.
   * @param id an int32.
   * @throws InvariantError when the time lies in the past, above 2^53, or is not a number.
   */
  push(timeUs: SimTime, priority: number, kind: number, id: number): void {
    if (!(timeUs >= this.timeUs && timeUs <= 9_007_199_254_740_992)) rejectTime(timeUs, this.timeUs);
    const cell = this.rootIsOpen === 1 ? ROOT : this.newLeaf();
    this.times[cell] = timeUs;
    this.place(cell, priority, kind, id);
  }

  /** Takes the next event out and describes it in `timeUs`, `kind` and `id`; false when there is none. */
  pop(): boolean {
    if (this.rootIsOpen === 1) this.closeRoot();
    if (this.end === ROOT) return false;
    this.timeUs = this.times[ROOT] as number;
    const what = this.rest[2 * ROOT + 1] as number;
    this.kind = (what * TWO_POW_MINUS_32) | 0;
    this.id = what | 0;
    this.rootIsOpen = 1;
    return true;
  }

  /** Time of the next event; Infinity when there is none. */
  peekTimeUs(): SimTime {
    if (this.rootIsOpen === 1) this.closeRoot();
    return this.times[ROOT] as number;
  }

  /** Forgets every event and the current time; sequence numbers start again. */
  clear(): void {
    this.times.fill(Number.POSITIVE_INFINITY);
    this.end = ROOT;
    this.rootIsOpen = 0;
    this.sequence = 0;
    this.timeUs = Number.NEGATIVE_INFINITY;
    this.kind = 0;
    this.id = 0;
  }

  /*
   * `push` is short enough to be inlined where it is called, and what it calls takes only integers and finds the time
   * in its cell: a double handed over in a call that is not inlined would have to be boxed.
   */

  private newLeaf(): number {
    if (this.end === this.limit) this.grow();
    return this.end++;
  }

  private place(cell: number, priority: number, kind: number, id: number): void {
    const { rest } = this;
    rest[2 * cell] = priority * SEQUENCE_LIMIT + this.sequence++;
    rest[2 * cell + 1] = kind * ID_LIMIT + (id >>> 0);
    if (cell === ROOT) {
      this.rootIsOpen = 0;
      this.sinkRoot();
    } else this.rise(cell);
  }

  /** Fills the open root with the last event. */
  private closeRoot(): void {
    const { times, rest } = this;
    const last = --this.end;
    this.rootIsOpen = 0;
    times[ROOT] = times[last] as number;
    rest[2 * ROOT] = rest[2 * last] as number;
    rest[2 * ROOT + 1] = rest[2 * last + 1] as number;
    times[last] = Number.POSITIVE_INFINITY;
    if (last > ROOT) this.sinkRoot();
  }

  /** Lets the event in the root sink to its place. */
  private sinkRoot(): void {
    const { times, rest, end } = this;
    const timeUs = times[ROOT] as number;
    const order = rest[2 * ROOT] as number;
    const what = rest[2 * ROOT + 1] as number;
    let hole = ROOT;
    for (let first = 4; first < end; first = (hole - 2) << 2) {
      const child = first + 1 === end ? first : earliestOfFour(times, rest, first);
      const childTime = times[child] as number;
      if (timeUs < childTime || (timeUs === childTime && order < (rest[2 * child] as number))) break;
      times[hole] = childTime;
      rest[2 * hole] = rest[2 * child] as number;
      rest[2 * hole + 1] = rest[2 * child + 1] as number;
      hole = child;
    }
    if (hole === ROOT) return;
    times[hole] = timeUs;
    rest[2 * hole] = order;
    rest[2 * hole + 1] = what;
  }

  /** Lets the event in a leaf rise to its place. */
  private rise(leaf: number): void {
    const { times, rest } = this;
    const timeUs = times[leaf] as number;
    const order = rest[2 * leaf] as number;
    const what = rest[2 * leaf + 1] as number;
    let hole = leaf;
    while (hole > ROOT) {
      const parent = (hole >> 2) + 2;
      const parentTime = times[parent] as number;
      if (parentTime < timeUs || (parentTime === timeUs && (rest[2 * parent] as number) < order)) break;
      times[hole] = parentTime;
      rest[2 * hole] = rest[2 * parent] as number;
      rest[2 * hole + 1] = rest[2 * parent + 1] as number;
      hole = parent;
    }
    if (hole === leaf) return;
    times[hole] = timeUs;
    rest[2 * hole] = order;
    rest[2 * hole + 1] = what;
  }

  private grow(): void {
    const cells = this.limit * 2 + PADDING;
    const times = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
    times.set(this.times);
    const rest = new Float64Array(2 * cells);
    rest.set(this.rest);
    this.times = times;
    this.rest = rest;
    this.limit = cells - PADDING;
  }
}

/** The cell of the earliest of four neighbouring events, with branches only for equal times. */
function earliestOfFour(times: Float64Array, rest: Float64Array, first: number): number {
  const second = first + 1;
  const third = first + 2;
  const fourth = first + 3;
  const time1 = times[first] as number;
  const time2 = times[second] as number;
  const time3 = times[third] as number;
  const time4 = times[fourth] as number;
  let left = first + (Number(time2 < time1) | 0);
  if (time1 === time2 && (rest[2 * second] as number) < (rest[2 * first] as number)) left = second;
  let right = third + (Number(time4 < time3) | 0);
  if (time3 === time4 && (rest[2 * fourth] as number) < (rest[2 * third] as number)) right = fourth;
  const leftTime = times[left] as number;
  const rightTime = times[right] as number;
  if (leftTime === rightTime && (rest[2 * right] as number) < (rest[2 * left] as number)) return right;
  return left + Math.imul(right - left, Number(rightTime < leftTime) | 0);
}

function rejectTime(timeUs: SimTime, nowUs: SimTime): never {
  throw new InvariantError(
    `an event must lie between the current time and 2^53 µs: scheduled for ${timeUs} µs at ${nowUs} µs`,
  );
}
