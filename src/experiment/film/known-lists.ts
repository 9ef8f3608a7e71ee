import type { ByteReader, ByteWriter } from "./byte-columns.ts";

const NEW = 0;
const ELSEWHERE = 1;
/** Numbers from here on are places in the list of a context. */
const FIRST_PLACE = 2;

/**
 * What was met in each context, the latest first: what came last here most likely comes again (move to front; Bentley,
 * Sleator, Tarjan and Wei, CACM 29, 1986).
 */
class Habits {
  private readonly lists = new Map<number, number[]>();

  /** The place of a thing in the list of a context before it moves to its front; -1 = not met there. */
  placeOf(context: number, thing: number): number {
    return this.lists.get(context)?.indexOf(thing) ?? -1;
  }

  at(context: number, place: number): number | undefined {
    return this.lists.get(context)?.[place];
  }

  moveToFront(context: number, place: number, thing: number): void {
    const list = this.lists.get(context);
    if (list === undefined) this.lists.set(context, [thing]);
    else {
      if (place >= 0) list.splice(place, 1);
      list.unshift(thing);
    }
  }
}

/**
 * Writes things that recur as small numbers: 0 announces one that was not met before, 1 one that was met in another context
 * only, whose number follows, and n + 2 the n-th of those last met in this context.
 */
export class KnownWriter {
  private readonly numbers = new Map<string, number>();
  private readonly habits = new Habits();
  private readonly out: ByteWriter;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  /** `isNew`: the caller has to describe it. `number`: of the thing, counted from 0 in the order in which they were met. */
  put(key: string, context = 0): { readonly isNew: boolean; readonly number: number } {
    const known = this.numbers.get(key);
    const number = known ?? this.numbers.size;
    const place = known === undefined ? -1 : this.habits.placeOf(context, number);
    if (known === undefined) {
      this.numbers.set(key, number);
      this.out.put(NEW);
    } else if (place < 0) {
      this.out.put(ELSEWHERE);
      this.out.put(number);
    } else this.out.put(place + FIRST_PLACE);
    this.habits.moveToFront(context, place, number);
    return { isNew: known === undefined, number };
  }
}

/** Reads what a KnownWriter wrote; `describe` reads a new thing and is told its number. */
export class KnownReader<Thing> {
  private readonly things: Thing[] = [];
  private readonly habits = new Habits();
  private readonly from: ByteReader;
  private readonly describe: (number: number) => Thing;

  constructor(from: ByteReader, describe: (number: number) => Thing) {
    this.from = from;
    this.describe = describe;
  }

  get(context = 0): Thing {
    const code = this.from.get();
    const place = code - FIRST_PLACE;
    let number: number | undefined;
    if (code === NEW) number = this.things.push(this.describe(this.things.length)) - 1;
    else if (code === ELSEWHERE) number = this.from.get();
    else number = this.habits.at(context, place);
    const thing = number === undefined ? undefined : this.things[number];
    if (number === undefined || thing === undefined)
      throw new RangeError(`a film names something that it did not describe (${code} of ${this.things.length})`);
    this.habits.moveToFront(context, Math.max(-1, place), number);
    return thing;
  }
}
