import type { ByteReader, ByteWriter } from "./byte-columns.ts";

/** Writes things that recur as numbers: 0 announces one that was not met before, n is the n-th of them. */
export class KnownWriter {
  private readonly numbers = new Map<string, number>();
  private readonly out: ByteWriter;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  /** True when the thing is new, so that the caller has to describe it. */
  put(key: string): boolean {
    const known = this.numbers.get(key);
    this.out.put(known ?? 0);
    if (known === undefined) this.numbers.set(key, this.numbers.size + 1);
    return known === undefined;
  }
}

/** Reads what a KnownWriter wrote; `describe` reads a new thing. */
export class KnownReader<Thing> {
  private readonly things: Thing[] = [];
  private readonly from: ByteReader;
  private readonly describe: () => Thing;

  constructor(from: ByteReader, describe: () => Thing) {
    this.from = from;
    this.describe = describe;
  }

  get(): Thing {
    const number = this.from.get();
    if (number === 0) this.things.push(this.describe());
    const thing = this.things[number === 0 ? this.things.length - 1 : number - 1];
    if (thing === undefined) throw new RangeError(`a film names thing ${number} of ${this.things.length}`);
    return thing;
  }
}
