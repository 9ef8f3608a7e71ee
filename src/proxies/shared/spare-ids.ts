/** Ids are used again only when this many are free, the longest free first: a late word about an old one finds no new owner. */
const SPARE_IDS = 64;

/** Dense ids from 0 on that are not reused at once. */
export class SpareIds {
  private readonly free = new Set<number>();
  private next = 0;

  take(): number {
    if (this.free.size <= SPARE_IDS) return this.next++;
    const id = this.free.values().next().value as number;
    this.free.delete(id);
    return id;
  }

  give(id: number): void {
    this.free.add(id);
  }
}
