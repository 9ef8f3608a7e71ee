import { FNV1A_PRIME } from "../../shared/fnv1a.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";

/**
 * FNV-1a-32 hashes of many texts behind one key. Texts are visited in their order, so that neighbours share the state after
 * the bytes with which both begin: addresses of one network differ in few.
 */
export class DialHashes {
  readonly count: number;
  /** By place in the order: index of the text, bytes that it shares with the one before, and where its other bytes end. */
  private readonly index: Int32Array;
  private readonly shared: Int32Array;
  private readonly ends: Int32Array;
  private readonly rest: Uint8Array;
  /** Hash after so many bytes of the text visited last. */
  private readonly states: Int32Array;

  constructor(texts: readonly string[]) {
    const all = texts.map((text, index) => ({ index, bytes: utf8Bytes(text) }));
    all.sort((a, b) => compareBytes(a.bytes, b.bytes) || a.index - b.index);
    this.count = all.length;
    this.index = Int32Array.from(all, ({ index }) => index);
    this.shared = Int32Array.from(all, ({ bytes }, i) => sharedLength(bytes, all[i - 1]?.bytes ?? NO_BYTES));
    const rests = all.map(({ bytes }, i) => bytes.subarray(this.shared[i]));
    let end = 0;
    this.ends = Int32Array.from(rests, ({ length }) => {
      end += length;
      return end;
    });
    this.rest = Uint8Array.from(rests.flatMap((bytes) => [...bytes]));
    this.states = new Int32Array(1 + Math.max(0, ...all.map(({ bytes }) => bytes.length)));
  }

  /**
   * Index of the text with the greatest hash among those that `isIn` takes; the lowest index of equals; −1 = none, or none
   * above 0.
   *
   * @param state hash after the key.
   */
  greatest(state: number, isIn: (index: number) => boolean): number {
    const { count, index, shared, ends, rest, states } = this;
    states[0] = state;
    let chosen = -1;
    let greatest = 0;
    let at = 0;
    for (let i = 0; i < count; i++) {
      let depth = shared[i] as number;
      let hash = states[depth] as number;
      for (const end = ends[i] as number; at < end; at++) {
        hash = Math.imul(hash ^ (rest[at] as number), FNV1A_PRIME);
        states[++depth] = hash;
      }
      const value = hash >>> 0;
      if (value < greatest || value === 0) continue;
      const which = index[i] as number;
      // Most texts are out by their hash already: whether one may be chosen is asked of few.
      if ((value > greatest || which < chosen) && isIn(which)) {
        greatest = value;
        chosen = which;
      }
    }
    return chosen;
  }
}

const NO_BYTES = new Uint8Array();

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = sharedLength(a, b);
  return (a[shared] ?? -1) - (b[shared] ?? -1);
}

function sharedLength(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
