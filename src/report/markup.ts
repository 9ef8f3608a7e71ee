/**
 * A tiny element tree for HTML and SVG and its serialiser. There is no way to put markup into a text: every text and
 * every attribute is escaped, whoever wrote it, so a hostile name of a member stays a name.
 */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly MarkupNode[];
}

/** A number is written with at most one decimal; `false` and `undefined` leave the attribute out, `true` writes it bare. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Text, an element, or nothing. */
export type MarkupNode = MarkupElement | string | null;

/** Elements of HTML that have no end tag. */
const VOID_ELEMENTS = new Set(["br", "hr", "input", "meta"]);
/** Elements of HTML that end where the next one begins or the one around them ends: nobody needs to say so. */
const ENDING_BY_THEMSELVES = new Set(["dd", "dt", "li", "tbody", "td", "th", "thead", "tr"]);
/** Elements of SVG that are written `<rect …/>` when they have no children. */
const SVG_LEAVES = new Set(["circle", "line", "path", "rect"]);
/** Elements whose content is raw text in HTML: nothing inside is escaped, so only `rawElement` may make them. */
const RAW_ELEMENTS = new Set(["script", "style"]);

/** Makes an element. Children that are `null` are dropped. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly MarkupNode[]): MarkupElement {
  return { name, attributes, children: children.filter((child) => child !== null && child !== "") };
}

/**
 * Makes a `script` or `style` element. Its text is ours or escaped JSON; an end tag inside it would end the element,
 * so the text is refused.
 *
 * @throws RangeError when the text could end the element or hide its end in a comment.
 */
export function rawElement(name: "script" | "style", attributes: Attributes, text: string): MarkupElement {
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new RangeError(`the text of a ${name} element must not contain its end tag or the start of a comment`);
  }
  return { name, attributes, children: [text] };
}

/** Writes a tree as text. Works for HTML and, for SVG elements, as XML. */
export function serialise(node: MarkupNode): string {
  if (node === null) return "";
  if (typeof node === "string") return escapeText(node);
  let open = `<${node.name}`;
  for (const [name, value] of Object.entries(node.attributes)) {
    if (value === undefined || value === false) continue;
    open += value === true ? ` ${name}=""` : ` ${name}="${escapeText(attributeText(value))}"`;
  }
  if (VOID_ELEMENTS.has(node.name)) return `${open}>`;
  if (node.children.length === 0 && SVG_LEAVES.has(node.name)) return `${open}/>`;
  const write = RAW_ELEMENTS.has(node.name) ? String : serialise;
  let inner = "";
  for (const child of node.children) inner += write(child as string);
  return ENDING_BY_THEMSELVES.has(node.name) ? `${open}>${inner}` : `${open}>${inner}</${node.name}>`;
}

function attributeText(value: string | number): string {
  return typeof value === "string" ? value : coordinate(value);
}

/** A coordinate to a tenth of a pixel: what differs in the last bits of a logarithm must not differ in the file. */
export function coordinate(value: number): string {
  const tenths = Math.round(value * 10);
  return String(tenths === 0 ? 0 : tenths / 10);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters but tab, line feed and carriage return; lone surrogates; two non-characters of the basic plane. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
const FORBIDDEN_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/gu;

/** Escapes a text for HTML and XML, in content and in attributes; characters that XML can't hold become U+FFFD. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "").replace(FORBIDDEN_IN_XML, "\uFFFD");
}
