import type { Template, TemplatePart } from "./template.ts";

/** A text with variables, or nginx's message about it. Source: ngx_http_script_compile, nginx 1.22.1. */
export function compileTemplate(source: string): Template | string {
  const parts: TemplatePart[] = [];
  const pattern = /\$(?:\{(\w*)(\}?)|(\w*))/g;
  let at = 0;
  for (const match of source.matchAll(pattern)) {
    const [all, braced, closing, bare] = match;
    if (braced !== undefined && closing === "") return `the closing bracket in "${braced}" variable is missing`;
    const name = braced ?? bare ?? "";
    if (name === "") return "invalid variable name";
    if (match.index > at) parts.push({ kind: "text", text: source.slice(at, match.index) });
    at = match.index + all.length;
    const digit = /^[1-9]/.exec(name);
    if (digit !== null && (braced === undefined || name.length === 1)) {
      // "$12" is the first group and a "2".
      parts.push({ kind: "capture", index: Number(digit[0]) });
      if (name.length > 1) parts.push({ kind: "text", text: name.slice(1) });
    } else parts.push({ kind: "variable", name: name.toLowerCase() });
  }
  if (at < source.length) parts.push({ kind: "text", text: source.slice(at) });
  return { source, parts: joined(parts) };
}

/** A text without variables. */
export function plainTemplate(text: string): Template {
  return { source: text, parts: text === "" ? [] : [{ kind: "text", text }] };
}

/** The text of a template that has no variables, or null. */
export function plainText(template: Template): string | null {
  const [first, second] = template.parts;
  if (first === undefined) return "";
  return second === undefined && first.kind === "text" ? first.text : null;
}

/** Names of the variables in it. */
export function variablesOf(template: Template): readonly string[] {
  return template.parts.flatMap((part) => (part.kind === "variable" ? [part.name] : []));
}

function joined(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const result: TemplatePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      result[result.length - 1] = { kind: "text", text: last.text + part.text };
    } else result.push(part);
  }
  return result;
}
