/**
 * Keeps the k things with the smallest hashes of all that are offered: a sample that depends on neither order nor number
 * (bottom-k sampling; Cohen and Kaplan, PODC 2007). A binary heap with the largest kept hash on top.
 */
export class SmallestHashes {
  private readonly most: number;
  private readonly hashes: number[] = [];
  private readonly things: number[] = [];

  constructor(most: number) {
    this.most = most;
  }

  offer(hash: number, thing: number): void {
    const { hashes, things } = this;
    if (hashes.length < this.most) {
      hashes.push(hash);
      things.push(thing);
      this.rise(hashes.length - 1);
    } else if (this.most > 0 && hash < (hashes[0] as number)) {
      hashes[0] = hash;
      things[0] = thing;
      this.sink();
    }
  }

  kept(): readonly number[] {
    return this.things;
  }

  /** Of the kept things the `count` with the smallest hashes. */
  smallest(count: number): readonly number[] {
    return this.hashes
      .map((hash, i) => ({ hash, thing: this.things[i] as number }))
      .sort((a, b) => a.hash - b.hash || a.thing - b.thing)
      .slice(0, Math.max(0, count))
      .map(({ thing }) => thing);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.hashes[parent] as number) >= (this.hashes[at] as number)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    const { hashes } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= hashes.length) return;
      if (child + 1 < hashes.length && (hashes[child + 1] as number) > (hashes[child] as number)) child++;
      if ((hashes[child] as number) <= (hashes[at] as number)) return;
      this.swap(at, child);
      at = child;
    }
  }

  private swap(a: number, b: number): void {
    const { hashes, things } = this;
    [hashes[a], hashes[b]] = [hashes[b] as number, hashes[a] as number];
    [things[a], things[b]] = [things[b] as number, things[a] as number];
  }
}
