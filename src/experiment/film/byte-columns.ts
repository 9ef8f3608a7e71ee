/** Numbers of a column are whole and lie within ±2^52. */
const SEVEN_BITS = 128;

/** A column of whole numbers as bytes: seven bits a byte, the eighth says that more follow (LEB128). Small numbers are short. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private length = 0;

  /** @param value whole, 0 … 2^53. */
  put(value: number): void {
    let rest = value;
    while (rest >= SEVEN_BITS) {
      this.byte((rest % SEVEN_BITS) + SEVEN_BITS);
      rest = Math.floor(rest / SEVEN_BITS);
    }
    this.byte(rest);
  }

  /** @param value whole, within ±2^52; 0, −1, 1, −2 … are written as 0, 1, 2, 3 … */
  putSigned(value: number): void {
    this.put(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** @param value 0 … 255, always one byte: digits without a pattern are shorter so. */
  putByte(value: number): void {
    this.byte(value);
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private byte(value: number): void {
    if (this.length === this.bytes.length) {
      const wider = new Uint8Array(this.length * 2);
      wider.set(this.bytes);
      this.bytes = wider;
    }
    this.bytes[this.length++] = value;
  }
}

/** Reads what a ByteWriter wrote, in the same order. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get length(): number {
    return this.bytes.length;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  get(): number {
    let value = 0;
    for (let unit = 1; ; unit *= SEVEN_BITS) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("a column ends in the middle of a number");
      if (byte < SEVEN_BITS) return value + byte * unit;
      value += (byte - SEVEN_BITS) * unit;
    }
  }

  getByte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError("a column ends before its last byte");
    return byte;
  }

  getSigned(): number {
    const value = this.get();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
