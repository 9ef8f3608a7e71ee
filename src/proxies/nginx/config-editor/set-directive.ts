import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits } from "../../shared/text-edit.ts";
import { type ConfNode, nameOf } from "../config/conf-node.ts";
import { KNOWN_DIRECTIVES } from "../config/known-directives.ts";
import type { NginxConfig } from "../config/nginx-config.ts";
import { parseConf } from "../config/parse-conf.ts";
import { lineIn, startOf } from "./directive-text.ts";

/**
 * Sets a directive of the program, of `events` or of `http` (`server.worker_connections`, `server.proxy_read_timeout`):
 * every line of it is replaced, wherever it stands; without one it is put where it belongs.
 */
export function setDirective(text: string, config: NginxConfig, key: string, value: string): EditResult {
  const known = KNOWN_DIRECTIVES.get(key) ?? [];
  const context = known.map(({ contexts }) => contexts).find((each) => /[MEH]/.test(each));
  if (context === undefined || known.some(({ isBlock }) => isBlock)) {
    return refuseEdit(
      "unknown-setting",
      `"${key}" is not a directive that can be set`,
      "server.worker_connections, server.proxy_read_timeout …",
    );
  }
  if (value.trim() === "") return refuseEdit("wrong-value", `${key} needs a value`);
  const nodes = parseConf(config.file, text);
  const written = `${key} ${value.trim()};`;
  const existing = linesOf(nodes, key);
  if (existing.length > 0) {
    return applyEdits(
      text,
      existing.map((node) => ({ start: startOf(node), end: node.end, text: written })),
    );
  }
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const name = context.includes("H") ? "http" : context.includes("E") ? "events" : null;
  const block = nodes.find((node) => nameOf(node) === name && node.children !== null);
  if (block !== undefined) return applyEdits(text, [lineIn(text, block, written, "first")]);
  // A part of an http block is its own http block; events may be missing altogether.
  const line = name === "events" ? `events { ${written} }` : written;
  return applyEdits(text, [{ start: 0, end: 0, text: `${line}${lineBreak}` }]);
}

function linesOf(nodes: readonly ConfNode[], key: string): readonly ConfNode[] {
  return nodes.flatMap((node) => {
    if (node.error !== null) return [];
    const isUpstream = nameOf(node) === "upstream";
    const own = nameOf(node) === key && node.children === null ? [node] : [];
    return [...own, ...(isUpstream ? [] : linesOf(node.children ?? [], key))];
  });
}
