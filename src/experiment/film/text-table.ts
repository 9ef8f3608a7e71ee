/** Distinct texts by index; 0 is the empty text. */
export type TextTable = readonly string[];

/** Collects distinct texts and gives each a number. */
export class TextWriter {
  readonly texts: string[] = [""];
  private readonly indexes = new Map<string, number>([["", 0]]);

  indexOf(text: string): number {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    const index = this.texts.push(text) - 1;
    this.indexes.set(text, index);
    return index;
  }
}
