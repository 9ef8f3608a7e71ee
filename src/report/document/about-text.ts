import { element, type MarkupElement } from "../markup.ts";

/** "  bytraffic    evens out bytes": a term, at least two spaces, and what is said of it. */
const TERM = /^ {1,4}(\S(?:.*?\S)?) {2,}(\S.*)$/;

/**
 * What a scenario says about itself, as its comment is laid out: blank lines part paragraphs, indented lines that set a
 * word apart from its explanation become a list of both, and lines below them go on with the explanation.
 */
export function aboutText(about: string): readonly MarkupElement[] {
  return about
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== "")
    .flatMap(blockOf);
}

function blockOf(block: string): readonly MarkupElement[] {
  const plain: string[] = [];
  const terms: { readonly term: string; text: string }[] = [];
  for (const line of block.split("\n")) {
    const [, term, text] = TERM.exec(line) ?? [];
    const last = terms[terms.length - 1];
    if (term !== undefined && text !== undefined) terms.push({ term, text });
    else if (last !== undefined) last.text += ` ${line.trim()}`;
    else plain.push(line.trim());
  }
  const words = plain.join(" ").trim();
  return [
    ...(words === "" ? [] : [element("p", {}, words)]),
    ...(terms.length === 0
      ? []
      : [
          element(
            "dl",
            { class: "facts" },
            ...terms.flatMap(({ term, text }) => [element("dt", {}, term), element("dd", {}, text)]),
          ),
        ]),
  ];
}
