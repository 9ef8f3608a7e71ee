import type { HeaderOperation } from "./caddy-config.ts";
import { goPattern } from "./go-pattern.ts";

/** `[+|-]FIELD [VALUE|REGEXP [REPLACEMENT]]` (caddyhttp/headers/caddyfile.go, applyHeaderOp, Caddy 2.6.2). */
export function headerOperation(field: string, value: string, replacement: string): HeaderOperation {
  if (field.startsWith("+")) return { kind: "add", name: field.slice(1), value, search: null };
  if (field.startsWith("-")) return { kind: "delete", name: field.slice(1), value: "", search: null };
  if (replacement !== "") return { kind: "replace", name: field, value: replacement, search: goPattern(value) };
  return { kind: "set", name: field.replace(/^\?/, ""), value, search: null };
}
