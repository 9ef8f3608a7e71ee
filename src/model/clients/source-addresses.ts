/** Beyond this many the texts are made anew each time instead of kept. */
const MAX_KEPT = 65_536;
/** Size of 100.64.0.0/10. */
const RANGE = 4_194_304;

/**
 * Source addresses of clients in text, from 100.64.0.0/10, the range for carrier-grade NAT (RFC 6598), which holds four
 * million and belongs to nobody. Sessions take them round robin by their client's number.
 */
export class SourceAddresses {
  private readonly count: number;
  private readonly kept: string[];

  constructor(count: number) {
    this.count = Math.max(1, Math.min(count, RANGE));
    this.kept = new Array(Math.min(this.count, MAX_KEPT)).fill("");
  }

  of(client: number): string {
    const index = client % this.count;
    if (index >= this.kept.length) return addressText(index);
    const known = this.kept[index] as string;
    if (known !== "") return known;
    const text = addressText(index);
    this.kept[index] = text;
    return text;
  }
}

function addressText(index: number): string {
  const host = (index + 1) % RANGE;
  return `100.${64 + (host >>> 16)}.${(host >>> 8) & 255}.${host & 255}`;
}
