import { nameOf } from "./conf-node.ts";
import { KNOWN_DIRECTIVES } from "./known-directives.ts";
import { parseConf } from "./parse-conf.ts";

/** Says by name and first lines whether a text is an nginx configuration: its directives are nginx's and end as nginx's do. */
export function looksLikeNginxConf(fileName: string, text: string): boolean {
  if (/\bnginx\b[^/]*\.conf$/i.test(fileName)) return true;
  const nodes = parseConf(fileName, text.slice(0, 20_000));
  const names = nodes.filter(({ error }) => error === null).map(nameOf);
  const known = names.filter((name) => KNOWN_DIRECTIVES.has(name)).length;
  return known > 0 && known * 2 > names.length;
}
