import { refuse } from "./conf-error.ts";
import { argumentsOf, type ConfNode, positionOf } from "./conf-node.ts";
import { parseConf } from "./parse-conf.ts";
import type { Reader } from "./reader.ts";

/** nginx has no limit of its own and ends without open files; this one is far above any real nesting. */
const DEEPEST_INCLUDE = 64;

/**
 * The directives of the files that an `include` names; a pattern may match none. The caller lowers `includeDepth` when it
 * has carried them out. Source: ngx_conf_include, nginx 1.22.1.
 */
export function includedNodes(reader: Reader, node: ConfNode): readonly ConfNode[] {
  const [written = ""] = argumentsOf(node);
  const path = reader.resolve(written);
  if (reader.includeDepth >= DEEPEST_INCLUDE) {
    throw refuse(node, `open() "${path}" failed (24: Too many open files)`, 1);
  }
  reader.includeDepth++;
  const isPattern = /[*?[]/.test(path);
  const files = isPattern ? reader.host.list(path) : [path];
  return files.flatMap((file) => {
    const text = reader.host.load(file);
    if (text !== null) return parseConf(file, text);
    if (!isPattern) nothingThere(reader, node, path);
    return [];
  });
}

function nothingThere(reader: Reader, node: ConfNode, path: string): void {
  if (reader.reportsMissingFiles) throw refuse(node, `open() "${path}" failed (2: No such file or directory)`, 1);
  // Debian's tables of types and parameters bear on nothing here.
  if (/(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi)_params|fastcgi\.conf|proxy_params)$/.test(path)) return;
  reader.note(
    "nginx-assumed-include",
    `${path} is not on this machine: read as if it held nothing that matters here`,
    "run the check where the file exists, or ask for --missing-files report",
    positionOf(node, 1),
  );
}
