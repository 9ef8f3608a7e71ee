import { Text } from "../../contract/text.ts";

const MOST_KEPT = 10_000;

/** Texts that the machine makes: the same text is the same object as long as it is kept, so that it is parsed once. */
export class SharedTexts {
  private readonly texts = new Map<string, Text>();

  of(text: string): Text {
    let known = this.texts.get(text);
    if (known === undefined) {
      if (this.texts.size >= MOST_KEPT) this.texts.clear();
      known = new Text(text);
      this.texts.set(text, known);
    }
    return known;
  }
}
