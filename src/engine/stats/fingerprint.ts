import { highWord, lowWord } from "../double-words.ts";

const TWO_POW_32 = 4_294_967_296;

/**
 * A short hash of everything that was put in, in its order: two runs with the same fingerprint took the same
 * course. 64 bits in two lanes that feed each other; not meant against somebody who forges.
 *
 * The hash is the same in every JavaScript engine. `addInt` and `addNumber` of one value are different ingredients.
 */
export class Fingerprint {
  private first = 0x243f6a88;
  private second = 0x13198a2e;

  /** @param n a whole number from -2^53 to 2^53; int32 is the fast case. */
  addInt(n: number): void {
    const low = n | 0;
    if (low === n) this.mix(low);
    else this.addWide(n);
  }

  /** The same as `addInt` for what is known to be an int32. */
  addWord(word: number): void {
    this.mix(word);
  }

  /** Any number, by its bits; 0 and -0 differ, all NaN are one. */
  addNumber(x: number): void {
    if (Number.isNaN(x)) {
      this.mix(0x7ff80001);
      this.mix(0);
      return;
    }
    this.mix(highWord(x));
    this.mix(lowWord(x));
  }

  /** A text by its length and UTF-16 units, so that "ab", "c" and "a", "bc" differ. */
  addText(text: string): void {
    this.mix(~text.length);
    for (let i = 0; i < text.length; i++) this.mix(text.charCodeAt(i));
  }

  /** The hash of what was added so far: 64 bits as "xxxx-xxxx-xxxx-xxxx". */
  value(): string {
    let x = this.first;
    let y = this.second;
    for (let round = 0; round < 4; round++) {
      x = Math.imul(x ^ (x >>> 16) ^ y, 0x85ebca6b);
      y = Math.imul(y ^ (y >>> 15) ^ x, 0xc2b2ae35);
    }
    const hex = toHex(x ^ (x >>> 16)) + toHex(y ^ (y >>> 16));
    return `${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12)}`;
  }

  private addWide(n: number): void {
    const upper = Math.floor(n / TWO_POW_32);
    this.mix(0x5bd1e995);
    this.mix(upper | 0);
    this.mix((n - upper * TWO_POW_32) | 0);
  }

  private mix(word: number): void {
    const x = Math.imul(this.first ^ word, 0x9e3779b1);
    const y = this.second ^ x;
    this.first = ((x ^ (x >>> 15)) + this.second) | 0;
    this.second = (Math.imul((y << 13) | (y >>> 19), 0x85ebca77) + word) | 0;
  }
}

function toHex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
