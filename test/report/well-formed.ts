/** A start tag, an end tag, or anything else that begins with "<". */
const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const ENTITY = /^&(?:amp|lt|gt|quot|#39);/;

/**
 * Checks that a text is one well-formed XML element: tags nest, attributes are quoted and not repeated, no raw `<` or `&`.
 * Returns the names of its elements, or throws with the place that is wrong.
 */
export function wellFormedElements(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  let at = 0;
  while (at < xml.length) {
    const wrong = (what: string) => new Error(`${what} at ${at}: ${xml.slice(at, at + 60)}`);
    if (xml[at] === "&" && !ENTITY.test(xml.slice(at, at + 6))) throw wrong("raw ampersand");
    if (xml[at] !== "<") {
      if (open.length === 0) throw wrong("text outside the element");
      at++;
      continue;
    }
    TAG.lastIndex = at;
    const [tag = "", close, name = "", attributes = "", self] = TAG.exec(xml) ?? [];
    if (tag === "") throw wrong("not a tag");
    if (open.length === 0 && names.length > 0) throw wrong("second root");
    const keys = [...attributes.matchAll(/([\w:-]+)="/g)].map((match) => match[1]);
    if (new Set(keys).size !== keys.length) throw wrong("repeated attribute");
    if (/&(?!amp;|lt;|gt;|quot;|#39;)/.test(attributes)) throw wrong("raw ampersand in an attribute");
    if (close === "/") {
      if (open.pop() !== name) throw wrong("end tag of another element");
    } else {
      names.push(name);
      if (self !== "/") open.push(name);
    }
    at += tag.length;
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return names;
}
