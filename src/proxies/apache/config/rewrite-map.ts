import type { Reader } from "./reader.ts";
import type { RewriteMapConfig } from "./rewrite-config.ts";

const FUNCTIONS = ["toupper", "tolower", "escape", "unescape"] as const;

/** A map, null = one that lbsim does not look into; or httpd's complaint. */
type ReadMap = { readonly map: RewriteMapConfig | null } | { readonly complaint: string };

/** RewriteMap NAME TYPE:SOURCE (cmd_rewritemap of mod_rewrite.c, 2.4.x): text files and httpd's own functions are kept. */
export function readRewriteMap(reader: Reader, name: string, source: string): ReadMap {
  const kind = /^(txt|rnd|int|prg|dbd|fastdbd):/i.exec(source)?.[1]?.toLowerCase();
  const rest = kind === undefined ? source : source.slice(kind.length + 1);
  if (kind === "int") {
    const known = FUNCTIONS.find((each) => each === rest);
    return known === undefined
      ? { complaint: `RewriteMap: internal map not found:${rest}` }
      : { map: { kind: "function", name: known } };
  }
  if (/^dbm/i.test(source)) {
    return /^dbm(?::|=[^:]*:)/i.test(source) ? { map: null } : { complaint: `RewriteMap: bad map:${source}` };
  }
  if (kind === "prg") {
    const program = reader.resolve(rest.trim().split(/\s+/)[0] ?? "");
    const missing = reader.reportsMissingFiles && reader.host.load(program) === null;
    return missing ? { complaint: `RewriteMap: file for map ${name} not found:${program}` } : { map: null };
  }
  if (kind === "dbd" || kind === "fastdbd") {
    return reader.modules.has("dbd")
      ? { map: null }
      : { complaint: "RewriteMap types dbd and fastdbd require mod_dbd!" };
  }
  return textMap(reader, name, reader.resolve(rest), kind === "rnd");
}

function textMap(reader: Reader, name: string, path: string, random: boolean): ReadMap {
  const text = reader.host.load(path);
  if (text !== null) return { map: { kind: "text", entries: entriesOf(text), random } };
  return reader.reportsMissingFiles
    ? { complaint: `RewriteMap: file for map ${name} not found:${path}` }
    : { map: null };
}

/** The first line of a key counts; lines that begin with a blank or "#" don't (lookup_map_txtfile). */
function entriesOf(text: string): Readonly<Record<string, string>> {
  const entries = new Map<string, string>();
  for (const line of text.split("\n")) {
    const found = /^([^\s#]\S*)\s+(\S+)/.exec(line);
    if (found === null) continue;
    const [, key, value] = found as unknown as [string, string, string];
    if (!entries.has(key)) entries.set(key, value);
  }
  return Object.fromEntries(entries);
}
