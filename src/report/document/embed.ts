import { type MarkupElement, rawElement } from "../markup.ts";

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

/** Data that is too large to stand as it is: gzip in base64, unpacked by the page's script. */
export function embeddedPacked(id: string, packed: string): MarkupElement {
  return rawElement("script", { type: "text/plain", id }, packed);
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
