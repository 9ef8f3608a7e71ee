import { type MarkupElement, type MarkupNode, serialise } from "../markup.ts";

/** A page without its drawings for narrow windows, and those as one XML document, in the order of the page. */
export interface WithoutNarrow {
  readonly body: readonly MarkupElement[];
  readonly drawings: string;
}

/**
 * Takes the drawings for narrow windows out of a page. They repeat the wide ones, so the page carries them packed, and
 * the script puts them in their places when the window is narrow.
 */
export function takeNarrowDrawings(body: readonly MarkupElement[]): WithoutNarrow {
  const taken: string[] = [];
  const without = (node: MarkupNode): MarkupNode => {
    if (node === null || typeof node === "string") return node;
    if (node.attributes.class === "plot narrow") {
      taken.push(...node.children.map(serialise));
      return { ...node, children: [] };
    }
    return node.children.length === 0 ? node : { ...node, children: node.children.map(without) };
  };
  return {
    body: body.map((element) => without(element) as MarkupElement),
    drawings: `<drawings xmlns="http://www.w3.org/2000/svg">${taken.join("")}</drawings>`,
  };
}
