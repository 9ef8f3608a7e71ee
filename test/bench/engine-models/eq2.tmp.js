import { InvariantError } from "../../../dist/engine/invariant.js";
/** 2^44: sequence numbers lie below it, priorities above, in one exact Float64 key of 8 + 44 bits. */
const SEQUENCE_LIMIT = 17_592_186_044_416;
/** Where the root lies. With the root at 3 the children of `i` are `4(i - 2)` to `4(i - 2) + 3`: one aligned half cache line. */
const ROOT = 3;
/** Cells kept free behind the last event, so that a group of four children can be read whole. */
const PADDING = 4;
/**
 * The future event list: the earliest event first; at the same instant the lower priority number first;
 * at the same priority the one that was pushed first. No two events are ever equal, so the order does not
 * depend on how the heap is built.
 *
 * A 4-ary heap in parallel typed arrays; nothing is allocated per event. Two things make it fast:
 *
 * - `pop` leaves the root open. Most events schedule a successor, and the next `push` sinks it straight from
 *   the root, which saves removing the last event and lifting the new one.
 * - the smallest of four children is found by arithmetic on the comparisons, not by branches that the
 *   processor can't foresee. Cells behind the last event hold Infinity, so that a group is always complete.
 *
 * `timeUs`, `kind` and `id` describe the event popped last.
 */
export class EventQueue {
    /** Time of the event popped last; -Infinity before the first. */
    timeUs = Number.NEGATIVE_INFINITY;
    /** Kind of the event popped last, 0..255. */
    kind = 0;
    /** Number of the thing the event popped last is about, an int32. */
    id = 0;
    times;
    orders;
    ids;
    kinds;
    limit;
    /** One past the last occupied cell. */
    end = ROOT;
    out = new Float64Array(1);
    rootIsOpen = false;
    sequence = 0;
    /** @param initialCapacity events that fit before the arrays are doubled. */
    constructor(initialCapacity = 1024) {
        const cells = ROOT + Math.max(1, initialCapacity) + PADDING;
        this.times = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
        this.orders = new Float64Array(cells);
        this.ids = new Int32Array(cells);
        this.kinds = new Uint8Array(cells);
        this.limit = cells - PADDING;
    }
    /** Events that wait. */
    get size() {
        return this.end - ROOT - (this.rootIsOpen ? 1 : 0);
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
    push(timeUs, priority, kind, id) {
        if (!(timeUs >= this.timeUs && timeUs <= 9_007_199_254_740_992))

        const cell = this.rootIsOpen ? ROOT : this.newLeaf();
        this.times[cell] = timeUs;
        this.place(cell, priority, kind, id);
    }
    /** Takes the next event out and describes it in `timeUs`, `kind` and `id`; false when there is none. */
    pop() {
        if (this.rootIsOpen)
            this.closeRoot();
        if (this.end === ROOT)
            return false;
        this.out[0] = this.times[ROOT];
        this.kind = this.kinds[ROOT];
        this.id = this.ids[ROOT];
        this.rootIsOpen = true;
        return true;
    }
    /** Time of the next event; Infinity when there is none. */
    peekTimeUs() {
        if (this.rootIsOpen)
            this.closeRoot();
        return this.times[ROOT];
    }
    /** Forgets every event and the current time; sequence numbers start again. */
    clear() {
        this.times.fill(Number.POSITIVE_INFINITY);
        this.end = ROOT;
        this.rootIsOpen = false;
        this.sequence = 0;
        this.timeUs = Number.NEGATIVE_INFINITY;
        this.kind = 0;
        this.id = 0;
    }
    /*
     * `push` is short enough to be inlined where it is called, and what it calls takes only integers and finds the time
     * in its cell: a double handed over in a call that is not inlined would have to be boxed.
     */
    newLeaf() {
        if (this.end === this.limit)
            this.grow();
        return this.end++;
    }
    place(cell, priority, kind, id) {
        this.orders[cell] = priority * SEQUENCE_LIMIT + this.sequence++;
        this.ids[cell] = id;
        this.kinds[cell] = kind;
        if (cell === ROOT) {
            this.rootIsOpen = false;
            this.sinkRoot();
        }
        else
            this.rise(cell);
    }
    /** Fills the open root with the last event. */
    closeRoot() {
        const { times, orders, ids, kinds } = this;
        const last = --this.end;
        this.rootIsOpen = false;
        times[ROOT] = times[last];
        orders[ROOT] = orders[last];
        ids[ROOT] = ids[last];
        kinds[ROOT] = kinds[last];
        times[last] = Number.POSITIVE_INFINITY;
        if (last > ROOT)
            this.sinkRoot();
    }
    /** Lets the event in the root sink to its place. */
    sinkRoot() {
        const { times, orders, ids, kinds, end } = this;
        const timeUs = times[ROOT];
        const order = orders[ROOT];
        const id = ids[ROOT];
        const kind = kinds[ROOT];
        let hole = ROOT;
        for (let first = 4; first < end; first = (hole - 2) << 2) {
            const child = first + 1 === end ? first : earliestOfFour(times, orders, first);
            const childTime = times[child];
            const childOrder = orders[child];
            if (timeUs < childTime || (timeUs === childTime && order < childOrder))
                break;
            times[hole] = childTime;
            orders[hole] = childOrder;
            ids[hole] = ids[child];
            kinds[hole] = kinds[child];
            hole = child;
        }
        if (hole === ROOT)
            return;
        times[hole] = timeUs;
        orders[hole] = order;
        ids[hole] = id;
        kinds[hole] = kind;
    }
    /** Lets the event in a leaf rise to its place. */
    rise(leaf) {
        const { times, orders, ids, kinds } = this;
        const timeUs = times[leaf];
        const order = orders[leaf];
        const id = ids[leaf];
        const kind = kinds[leaf];
        let hole = leaf;
        while (hole > ROOT) {
            const parent = (hole >> 2) + 2;
            const parentTime = times[parent];
            if (parentTime < timeUs || (parentTime === timeUs && orders[parent] < order))
                break;
            times[hole] = parentTime;
            orders[hole] = orders[parent];
            ids[hole] = ids[parent];
            kinds[hole] = kinds[parent];
            hole = parent;
        }
        if (hole === leaf)
            return;
        times[hole] = timeUs;
        orders[hole] = order;
        ids[hole] = id;
        kinds[hole] = kind;
    }
    grow() {
        const cells = this.limit * 2 + PADDING;
        const times = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
        times.set(this.times);
        const orders = new Float64Array(cells);
        orders.set(this.orders);
        const ids = new Int32Array(cells);
        ids.set(this.ids);
        const kinds = new Uint8Array(cells);
        kinds.set(this.kinds);
        this.times = times;
        this.orders = orders;
        this.ids = ids;
        this.kinds = kinds;
        this.limit = cells - PADDING;
    }
}
/** The cell of the earliest of four neighbouring events, with branches only for equal times. */
function earliestOfFour(times, orders, first) {
    const second = first + 1;
    const third = first + 2;
    const fourth = first + 3;
    const time1 = times[first];
    const time2 = times[second];
    const time3 = times[third];
    const time4 = times[fourth];
    let left = first + (Number(time2 < time1) | 0);
    if (time1 === time2 && orders[second] < orders[first])
        left = second;
    let right = third + (Number(time4 < time3) | 0);
    if (time3 === time4 && orders[fourth] < orders[third])
        right = fourth;
    const leftTime = times[left];
    const rightTime = times[right];
    if (leftTime === rightTime && orders[right] < orders[left])
        return right;
    return left + Math.imul(right - left, Number(rightTime < leftTime) | 0);
}
function rejectTime(timeUs, nowUs) {
    throw new InvariantError(`an event must lie between the current time and 2^53 µs: scheduled for ${timeUs} µs at ${nowUs} µs`);
}
//# sourceMappingURL=event-queue.js.map