import type { MarkupElement, MarkupNode } from "../../../src/report/markup.ts";

/** All elements of a drawing with this name, in the order in which they are painted. */
export function elementsOf(root: MarkupNode, name: string): readonly MarkupElement[] {
  if (root === null || typeof root === "string") return [];
  const own = root.name === name ? [root] : [];
  return [...own, ...root.children.flatMap((child) => elementsOf(child, name))];
}

/** The texts of a drawing. */
export function textsOf(root: MarkupNode): readonly string[] {
  return elementsOf(root, "text").map((text) => text.children.join(""));
}

/** The value of a numeric attribute. */
export function numberOf(element: MarkupElement | undefined, attribute: string): number {
  return Number(element?.attributes[attribute]);
}

/** The elements that stand for a number of the table: those with a column. */
export function marksOf(root: MarkupNode): readonly MarkupElement[] {
  return ["path", "rect", "g"].flatMap((name) =>
    elementsOf(root, name).filter((mark) => mark.attributes["data-column"] !== undefined),
  );
}
