/** Where a back-reference takes its text from: the pattern of the rule, or the last condition that matched. */
export interface BackReferences {
  /** Groups of the rule's own pattern; null = the rule is negated. */
  rule: RegExpExecArray | null;
  /** Groups of the last matching condition. */
  condition: RegExpExecArray | null;
}

/** What an expansion may ask. */
export interface ExpansionSource {
  /** A server variable such as HTTP_HOST or HTTP:Upgrade; "" when it is unknown or unset. */
  variable(name: string): string;
  /** A RewriteMap; null when the key is not in it. */
  lookUp(map: string, key: string): string | null;
  readonly groups: BackReferences;
}

/** How back-references are escaped in a substitution (flags B, BNP, BNE, BCTLS). */
export interface ReferenceEscape {
  /** Only these characters; null = all but letters, digits and underscores. */
  readonly only: string | null;
  readonly except: string;
  /** A blank becomes %20, not "+". */
  readonly noPlus: boolean;
  /** Control characters and blanks too, whatever `only` says. */
  readonly controls: boolean;
}

type Part =
  | { readonly kind: "text"; readonly text: string; readonly escaped: boolean }
  | { readonly kind: "group"; readonly of: "rule" | "condition"; readonly group: number }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "map"; readonly map: string; readonly key: Expansion; readonly otherwise: Expansion | null };

/** What an expansion came to. */
export interface Expanded {
  readonly text: string;
  /** The first (or last) question mark came out of a back-reference, variable or map. */
  readonly unsafeQuery: boolean;
}

/**
 * A text with %{VARIABLE}, $N, %N and ${map:key|default} in it, taken apart once (httpd: do_expand of mod_rewrite.c,
 * 2.4.x). What an expansion brings in is never expanded again.
 */
export class Expansion {
  readonly parts: readonly Part[];

  constructor(source: string) {
    this.parts = partsOf(source);
  }

  /** @param escaping how back-references are escaped; null = as they are */
  expand(from: ExpansionSource, escaping: ReferenceEscape | null = null): string {
    let text = "";
    for (const part of this.parts) text += expanded(part, from, escaping);
    return text;
  }

  /** @param last the last question mark begins the query (QSL), not the first */
  expandTarget(from: ExpansionSource, escaping: ReferenceEscape | null, last: boolean): Expanded {
    let text = "";
    let unsafeQuery = false;
    let looking = true;
    for (const part of this.parts) {
      const value = expanded(part, from, escaping);
      text += value;
      const plain = part.kind === "text";
      if (!looking || (plain && part.escaped) || !value.includes("?")) continue;
      unsafeQuery = !plain;
      looking = last;
    }
    return { text, unsafeQuery };
  }

  /** Names of the variables and maps that it asks for. */
  get names(): readonly { readonly kind: "variable" | "map"; readonly name: string }[] {
    return this.parts.flatMap((part) => {
      if (part.kind === "variable") return [{ kind: part.kind, name: part.name }];
      if (part.kind !== "map") return [];
      return [{ kind: part.kind, name: part.map }, ...part.key.names, ...(part.otherwise?.names ?? [])];
    });
  }

  /** The text that every expansion begins with. */
  get fixedStart(): string {
    let text = "";
    for (const part of this.parts) {
      if (part.kind !== "text") break;
      text += part.text;
    }
    return text;
  }
}

function expanded(part: Part, from: ExpansionSource, escaping: ReferenceEscape | null): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "variable":
      return from.variable(part.name);
    case "group": {
      const found = (part.of === "rule" ? from.groups.rule : from.groups.condition)?.[part.group] ?? "";
      return escaping === null ? found : escapeReference(found, escaping);
    }
    case "map":
      return from.lookUp(part.map, part.key.expand(from, escaping)) ?? part.otherwise?.expand(from, escaping) ?? "";
  }
}

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  const text = (more: string, escaped = false): void => {
    const last = parts[parts.length - 1];
    if (last?.kind === "text" && last.escaped === escaped)
      parts[parts.length - 1] = { ...last, text: last.text + more };
    else parts.push({ kind: "text", text: more, escaped });
  };
  for (let i = 0; i < source.length; ) {
    const character = source[i] as string;
    const next = source[i + 1];
    if (character === "\\") {
      text(next ?? character, next !== undefined);
      i += 2;
    } else if ((character === "$" || character === "%") && next === "{") {
      const special = inBraces(source, i);
      if (special === null) {
        text(`${character}{`);
        i += 2;
      } else {
        parts.push(special.part);
        i = special.after;
      }
    } else if ((character === "$" || character === "%") && next !== undefined && /\d/.test(next)) {
      parts.push({ kind: "group", of: character === "$" ? "rule" : "condition", group: Number(next) });
      i += 2;
    } else {
      text(character);
      i++;
    }
  }
  return parts;
}

function inBraces(source: string, at: number): { readonly part: Part; readonly after: number } | null {
  const end = find(source, at + 2, "}");
  if (end < 0) return null;
  const inner = source.slice(at + 2, end);
  if (source[at] === "%") return { part: { kind: "variable", name: inner }, after: end + 1 };
  const colon = find(`${inner}}`, 0, ":");
  if (colon < 0) return null;
  const rest = inner.slice(colon + 1);
  const bar = find(`${rest}}`, 0, "|");
  const key = new Expansion(bar < 0 ? rest : rest.slice(0, bar));
  const otherwise = bar < 0 || bar === rest.length - 1 ? null : new Expansion(rest.slice(bar + 1));
  return { part: { kind: "map", map: inner.slice(0, colon), key, otherwise }, after: end + 1 };
}

/** The first such character outside of inner braces, -1 = none before the closing one. */
function find(source: string, from: number, wanted: string): number {
  let depth = 1;
  for (let i = from; i < source.length; i++) {
    const character = source[i];
    if (character === wanted && depth === 1) return i;
    if (character === "}" && --depth === 0) return -1;
    if (character === "{") depth++;
  }
  return -1;
}

/** httpd: escape_backref. */
function escapeReference(text: string, { only, except, noPlus, controls }: ReferenceEscape): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    const chosen = controls ? code <= 0x20 || code === 0x7f : only === null;
    const meant = (chosen || only?.includes(character) === true) && !except.includes(character);
    if (!meant || /[A-Za-z0-9_]/.test(character)) escaped += character;
    else if (character === " " && !noPlus) escaped += "+";
    else escaped += `%${code.toString(16).padStart(2, "0")}`;
  }
  return escaped;
}
