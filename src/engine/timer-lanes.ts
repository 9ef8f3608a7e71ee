import type { EventQueue } from "./event-queue.ts";
import { InvariantError, invariant } from "./invariant.ts";
import type { SimTime } from "./sim-time.ts";

/** A handle is `lane * 2^32 + position`; `| 0` takes the position out again, as int32. */
const TWO_POW_32 = 4_294_967_296;
const MAX_LANES = 4096;
const CANCELLED = -1;
const INITIAL_RING = 64;

/**
 * Timers, grouped by duration.
 *
 * All timers of one duration fall due in the order in which they were started, so each duration is a lane, a
 * first-in first-out ring, and only the head of a lane stands in the event queue. Starting and cancelling are a
 * few array writes; the many timeouts that are cancelled because the answer came never touch the heap.
 *
 * A timer started at t with duration d fires exactly at t + d. When the queue hands out the event
 * (`kind`, id = lane) the owner calls {@link TimerLanes.expire} in a loop until it answers -1:
 *
 * ```
 * for (let id = timers.expire(lane, nowUs); id >= 0; id = timers.expire(lane, nowUs)) fire(id);
 * ```
 *
 * The loop must not be left early, because the answer -1 is what puts the next head into the queue. Inside it
 * timers may be started and cancelled at will.
 *
 * Ties: due timers of one lane fire in the order in which they were started. Against other events of that
 * instant, other lanes included, a lane stands at its priority, and within the priority where it was put into
 * the queue: by `start` for the first timer of an idle lane, else when its last event was handled.
 */
export class TimerLanes {
  private readonly lanes: Lane[] = [];
  private readonly laneOfDuration = new Map<number, number>();
  private readonly queue: EventQueue;
  private readonly kind: number;
  private readonly priority: number;

  /** @param kind the event kind that belongs to these lanes alone; the event's id is the lane. */
  constructor(queue: EventQueue, kind: number, priority: number) {
    this.queue = queue;
    this.kind = kind;
    this.priority = priority;
  }

  /**
   * The lane of the timers with exactly this duration, made on first use. Look it up once and keep it.
   *
   * @throws InvariantError when the duration is no whole number of µs >= 0, or with the 4097th duration.
   */
  lane(durationUs: SimTime): number {
    const known = this.laneOfDuration.get(durationUs);
    if (known !== undefined) return known;
    invariant(Number.isSafeInteger(durationUs) && durationUs >= 0, "a timer lasts a whole number of microseconds");
    const lane = this.lanes.length;
    invariant(lane < MAX_LANES, "there are at most 4096 timer durations");
    this.lanes.push(new Lane(durationUs));
    this.laneOfDuration.set(durationUs, lane);
    return lane;
  }

  /**
   * Starts a timer and returns its handle.
   *
   * @param id what `expire` will return: an int32 >= 0.
   * @throws InvariantError when `nowUs` lies before an earlier start in the lane.
   */
  start(lane: number, nowUs: SimTime, id: number): number {
    const ring = this.lanes[lane] as Lane;
    const dueUs = nowUs + ring.durationUs;
    const position = ring.tail;
    if (((position - ring.head) | 0) > ring.mask) ring.grow();
    const { dues, mask } = ring;
    if (dueUs < (dues[(position - 1) & mask] as number)) rejectStart(nowUs);
    dues[position & mask] = dueUs;
    ring.ids[position & mask] = id;
    ring.tail = (position + 1) | 0;
    if (!ring.isArmed) {
      ring.isArmed = true;
      this.queue.push(dueUs, this.priority, this.kind, lane);
    }
    return lane * TWO_POW_32 + (position >>> 0);
  }

  /**
   * Cancels a timer. A handle whose timer fired, was cancelled before or never existed is ignored; only after
   * another 2^32 starts in the lane could it be mistaken for a younger one.
   */
  cancel(handle: number): void {
    const ring = this.lanes[(handle / TWO_POW_32) | 0];
    if (ring === undefined) return;
    const position = handle | 0;
    const head = ring.head;
    if ((position - head) >>> 0 >= (ring.tail - head) >>> 0) return;
    ring.ids[position & ring.mask] = CANCELLED;
    if (position === head) ring.skipCancelled();
  }

  /** The next timer of the lane that is due at `nowUs`, or -1 after the lane's next head was put into the queue. */
  expire(lane: number, nowUs: SimTime): number {
    const ring = this.lanes[lane] as Lane;
    if (ring.head === ring.tail) {
      ring.isArmed = false;
      return -1;
    }
    const head = ring.head;
    const dueUs = ring.dues[head & ring.mask] as number;
    if (dueUs > nowUs) {
      this.queue.push(dueUs, this.priority, this.kind, lane);
      return -1;
    }
    const id = ring.ids[head & ring.mask] as number;
    ring.head = (head + 1) | 0;
    ring.skipCancelled();
    return id;
  }
}

/**
 * One ring. Positions are int32 that count up and wrap, a cell is `position & mask`, so a handle stays true when
 * the ring grows. The head is never a cancelled timer, so the ring spans only from the oldest live timer to the newest.
 */
class Lane {
  readonly durationUs: SimTime;
  /** Before the first start stands an instant that no start can precede. */
  dues = new Float64Array(INITIAL_RING).fill(Number.NEGATIVE_INFINITY);
  ids = new Int32Array(INITIAL_RING);
  mask = INITIAL_RING - 1;
  head = 0;
  tail = 0;
  /** An event of this lane stands in the queue or is being handled. */
  isArmed = false;

  constructor(durationUs: SimTime) {
    this.durationUs = durationUs;
  }

  skipCancelled(): void {
    const { ids, mask, tail } = this;
    let head = this.head;
    while (head !== tail && ids[head & mask] === CANCELLED) head = (head + 1) | 0;
    this.head = head;
  }

  grow(): void {
    const dues = new Float64Array(this.dues.length * 2);
    const ids = new Int32Array(dues.length);
    const mask = dues.length - 1;
    for (let position = this.head; position !== this.tail; position = (position + 1) | 0) {
      dues[position & mask] = this.dues[position & this.mask] as number;
      ids[position & mask] = this.ids[position & this.mask] as number;
    }
    this.dues = dues;
    this.ids = ids;
    this.mask = mask;
  }
}

function rejectStart(nowUs: SimTime): never {
  throw new InvariantError(`timers must be started in the order of time: started at ${nowUs} µs after a later one`);
}
