import { gzipBytes } from "../../experiment/film/gzip-text.ts";
import { type MarkupElement, rawElement } from "../markup.ts";
import { printable } from "../printable-bytes.ts";

/**
 * Data as a script element that no browser runs. `<` and the two line separators of JavaScript are written as escapes, so
 * no text in the data can end the element or start a comment.
 */
export function embeddedJson(id: string, value: unknown): MarkupElement {
  const json = JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return rawElement("script", { type: "application/json", id }, json);
}

/** Data that is too large to stand as it is: gzip in printable characters, unpacked by the page's script. */
export function embeddedPacked(id: string, bytes: Uint8Array): MarkupElement {
  return rawElement("script", { type: "text/plain", id }, printable(gzipBytes(bytes)));
}

/** `embeddedPacked` for a text. */
export function embeddedText(id: string, text: string): MarkupElement {
  return embeddedPacked(id, new TextEncoder().encode(text));
}

/**
 * The compiled page script as an inline classic script. The compiler marks it as a module and points at its source map;
 * both mean nothing inside a page.
 *
 * @throws RangeError when the script contains its own end tag.
 */
export function embeddedScript(compiled: string): MarkupElement {
  const text = compiled
    .split("\n")
    .filter((line) => line !== "export {};" && !line.startsWith("//# sourceMappingURL="))
    .join("\n");
  return rawElement("script", {}, text);
}
