import type { Header } from "../../contract/http-message.ts";
import type { HeaderOperation } from "./config/caddy-config.ts";

/** Header changes in Caddy's order: add, set, delete, replace (caddyhttp/headers/headers.go, HeaderOps.ApplyTo, 2.6.2). */
export function applyHeaders(
  operations: readonly HeaderOperation[],
  headers: readonly Header[],
  value: (text: string) => string,
): readonly Header[] {
  let result = [...headers];
  const of = (kind: HeaderOperation["kind"]): readonly HeaderOperation[] =>
    operations.filter((each) => each.kind === kind);
  for (const add of of("add")) result.push({ name: add.name, value: value(add.value) });
  for (const set of of("set")) {
    result = result.filter(({ name }) => !isNamed(name, set.name));
    result.push({ name: set.name, value: value(set.value) });
  }
  for (const gone of of("delete")) result = result.filter(({ name }) => !isNamed(name, gone.name));
  for (const replace of of("replace")) {
    const { search } = replace;
    if (search === null) continue;
    result = result.map((header) =>
      isNamed(header.name, replace.name) || replace.name === "*"
        ? {
            ...header,
            value: header.value.replace(new RegExp(search.source, `${search.flags}g`), value(replace.value)),
          }
        : header,
    );
  }
  return result;
}

/** `-X-*` deletes all that begin so. */
function isNamed(name: string, pattern: string): boolean {
  const [n, p] = [name.toLowerCase(), pattern.toLowerCase()];
  return p.endsWith("*") && p.length > 1 ? n.startsWith(p.slice(0, -1)) : n === p;
}
