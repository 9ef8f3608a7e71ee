import { coordinate, type MarkupElement, type MarkupNode } from "../markup.ts";
import { shortPath, shortSteps } from "../short-path.ts";

/** What children of a group inherit from it. */
const INHERITED = new Set([
  "fill",
  "fill-opacity",
  "font-size",
  "font-weight",
  "paint-order",
  "stroke",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-opacity",
  "stroke-width",
  "text-anchor",
]);

/**
 * The same drawing in fewer characters: paths from corner to corner, straight lines as paths, what neighbours have in common
 * said once by a group around them, no textures that nothing is filled with. What the cursor reads keeps its attributes.
 */
export function compactDrawing(svg: MarkupElement): MarkupElement {
  const used = new Set(texturesIn(svg));
  return { ...svg, children: compactChildren(svg.children, used) };
}

function compactChildren(children: readonly MarkupNode[], used: ReadonlySet<string>): readonly MarkupNode[] {
  const compact = children
    .filter((child) => !isTexture(child) || used.has(String(child.attributes.id)))
    .flatMap((child) => compactNode(child, used));
  return grouped(joinedLines(compact));
}

function compactNode(node: MarkupNode, used: ReadonlySet<string>): readonly MarkupNode[] {
  if (!isElement(node)) return [node];
  const children = compactChildren(node.children, used);
  const isPlainGroup = node.name === "g" && Object.keys(node.attributes).length === 0;
  if (isPlainGroup) return children;
  if (node.name === "defs" && children.length === 0) return [];
  if (node.name === "line" && !("data-column" in node.attributes)) return [lineAsPath(node)];
  const { d } = node.attributes;
  if (node.name !== "path" || typeof d !== "string") return [{ ...node, children }];
  const short = node.attributes["data-step"] === true ? shortSteps(d) : shortPath(d);
  return [{ ...node, attributes: { ...node.attributes, d: short } }];
}

function lineAsPath({ attributes }: MarkupElement): MarkupElement {
  const { x1, x2, y1, y2, ...rest } = attributes;
  const [left, right, top, bottom] = [x1, x2, y1, y2].map((value) => coordinate(Number(value)));
  return { name: "path", attributes: { d: shortPath(`M${left},${top}L${right},${bottom}`), ...rest }, children: [] };
}

/** Paths that stand beside each other and look alike become one, but those that are read by themselves. */
function joinedLines(nodes: readonly MarkupNode[]): readonly MarkupNode[] {
  const joined: MarkupNode[] = [];
  for (const node of nodes) {
    const last = joined[joined.length - 1] ?? null;
    if (isBarePath(node) && isBarePath(last) && look(node) === look(last))
      joined[joined.length - 1] = {
        ...last,
        attributes: { ...last.attributes, d: `${last.attributes.d}${node.attributes.d}` },
      };
    else joined.push(node);
  }
  return joined;
}

/** Only strokes of opaque colours: where fills or veils overlap, one path is not the same as two. */
function isBarePath(node: MarkupNode): node is MarkupElement {
  if (!isElement(node) || node.name !== "path") return false;
  const { d, ...rest } = node.attributes;
  const isStraight = typeof d === "string" && !/[lz]/.test(d);
  return isStraight && !("stroke-opacity" in rest) && Object.keys(rest).every((name) => INHERITED.has(name));
}

/** Neighbours that look alike, in a group that says how. */
function grouped(nodes: readonly MarkupNode[]): readonly MarkupNode[] {
  const runs: MarkupNode[][] = [];
  for (const node of nodes) {
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1] ?? null;
    if (run !== undefined && isElement(node) && isElement(last) && look(node) === look(last)) run.push(node);
    else runs.push([node]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (!isElement(first ?? null) || !isWorthAGroup(run as MarkupElement[])) return run;
    const shared = Object.entries((first as MarkupElement).attributes).filter(([name]) => INHERITED.has(name));
    const children = (run as MarkupElement[]).map((child) => ({
      ...child,
      attributes: Object.fromEntries(Object.entries(child.attributes).filter(([name]) => !INHERITED.has(name))),
    }));
    return [{ name: "g", attributes: Object.fromEntries(shared), children }];
  });
}

/** A group costs its tags. */
function isWorthAGroup(run: readonly MarkupElement[]): boolean {
  return run.length > 1 && look(run[0] as MarkupElement).length * (run.length - 1) > "<g></g>".length;
}

/** How an element is painted, as text. */
function look({ attributes }: MarkupElement): string {
  return Object.entries(attributes)
    .filter(([name, value]) => INHERITED.has(name) && value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}

function texturesIn(node: MarkupNode): readonly string[] {
  if (!isElement(node)) return [];
  const own = Object.values(node.attributes).flatMap((value) => /^url\(#(.*)\)$/.exec(String(value))?.[1] ?? []);
  return [...own, ...node.children.flatMap(texturesIn)];
}

function isTexture(node: MarkupNode): node is MarkupElement {
  return isElement(node) && node.name === "pattern";
}

function isElement(node: MarkupNode): node is MarkupElement {
  return node !== null && typeof node !== "string";
}
