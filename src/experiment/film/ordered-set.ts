/**
 * A set of whole numbers from 0 on that knows the place of each among the others, and which stands at a place, in
 * logarithmic time (binary indexed tree; Fenwick, Software: Practice and Experience 24, 1994).
 */
export class OrderedSet {
  private capacity = 1024;
  private tree = new Int32Array(this.capacity + 1);
  private present = new Uint8Array(this.capacity);
  size = 0;

  has(number: number): boolean {
    return this.present[number] === 1;
  }

  add(number: number): void {
    while (number >= this.capacity) this.grow();
    if (this.has(number)) return;
    this.present[number] = 1;
    this.size++;
    this.count(number, 1);
  }

  delete(number: number): void {
    if (!this.has(number)) return;
    this.present[number] = 0;
    this.size--;
    this.count(number, -1);
  }

  /** How many of the set are smaller. */
  placeOf(number: number): number {
    let sum = 0;
    for (let at = Math.min(number, this.capacity); at > 0; at &= at - 1) sum += this.tree[at] as number;
    return sum;
  }

  /** The number at a place, counted from 0. Throws RangeError when there are not so many. */
  at(place: number): number {
    if (!(place >= 0 && place < this.size)) throw new RangeError(`a film names number ${place} of ${this.size}`);
    let [at, left] = [0, place];
    for (let step = this.capacity; step > 0; step >>= 1) {
      const next = at + step;
      if (next <= this.capacity && (this.tree[next] as number) <= left) {
        at = next;
        left -= this.tree[next] as number;
      }
    }
    return at;
  }

  private count(number: number, by: number): void {
    for (let at = number + 1; at <= this.capacity; at += at & -at) this.tree[at] = (this.tree[at] as number) + by;
  }

  private grow(): void {
    const { present } = this;
    this.capacity *= 2;
    this.tree = new Int32Array(this.capacity + 1);
    this.present = new Uint8Array(this.capacity);
    this.present.set(present);
    for (const [number, is] of present.entries()) if (is === 1) this.count(number, 1);
  }
}
