import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits, type TextEdit } from "../../shared/text-edit.ts";
import { argumentsOf, type ConfNode, nameOf } from "../config/conf-node.ts";
import type { NginxConfig } from "../config/nginx-config.ts";
import { parseConf } from "../config/parse-conf.ts";
import { blocksNamed, lineIn, removal, startOf } from "./directive-text.ts";

/** Directives that choose a server. */
const METHODS = ["hash", "ip_hash", "least_conn", "random", "least_time"];

/** Directives of an upstream block that can be set, beside `method`. */
export const UPSTREAM_KEYS = [
  "method",
  "zone",
  "keepalive",
  "keepalive_requests",
  "keepalive_timeout",
  "keepalive_time",
  "queue",
  "sticky",
];

/** Sets the method or a directive of an upstream block where it stands, or puts it in. */
export function setUpstream(text: string, config: NginxConfig, name: string, key: string, value: string): EditResult {
  const names = config.upstreams.filter(({ implicit }) => !implicit).map((upstream) => upstream.name);
  if (!names.some((each) => each.toLowerCase() === name.toLowerCase())) {
    const known = names.length === 0 ? "none" : names.join(", ");
    return refuseEdit("unknown-setting", `there is no upstream "${name}"`, `upstreams: ${known}`);
  }
  if (!UPSTREAM_KEYS.includes(key)) {
    return refuseEdit(
      "unknown-setting",
      `"${key}" is not a setting of an upstream`,
      `known: ${UPSTREAM_KEYS.join(", ")}`,
    );
  }
  const block = blocksNamed(parseConf(config.file, text), "upstream").find(
    (node) => argumentsOf(node)[0]?.toLowerCase() === name.toLowerCase(),
  );
  if (block === undefined) {
    return refuseEdit(
      "unknown-setting",
      `upstream "${name}" is not in ${config.file} itself`,
      "change the included file",
    );
  }
  if (key === "method") return setMethod(text, block, value);
  const written = directive(key, value);
  const lines = (block.children ?? []).filter((node) => nameOf(node) === key);
  if (written === null)
    return applyEdits(
      text,
      lines.map((node) => removal(text, node)),
    );
  const [first, ...others] = lines;
  if (first === undefined) return applyEdits(text, [lineIn(text, block, written, "last")]);
  return applyEdits(text, [replacement(first, written), ...others.map((node) => removal(text, node))]);
}

/** The method of a block: its first method line is replaced, further ones go; round_robin has no line. */
function setMethod(text: string, block: ConfNode, value: string): EditResult {
  const [word = ""] = value.trim().split(/\s+/);
  if (word !== "round_robin" && !METHODS.includes(word)) {
    return refuseEdit("wrong-value", `"${value}" is no method`, `methods: round_robin, ${METHODS.join(", ")}`);
  }
  const [first, ...others] = (block.children ?? []).filter((node) => METHODS.includes(nameOf(node)));
  const edits: TextEdit[] = others.map((node) => removal(text, node));
  if (word === "round_robin") {
    if (first !== undefined) edits.push(removal(text, first));
  } else if (first === undefined) edits.push(lineIn(text, block, `${value.trim()};`, "first"));
  else edits.push(replacement(first, `${value.trim()};`));
  return applyEdits(text, edits);
}

/** null takes the directive away. */
function directive(key: string, value: string): string | null {
  return ["", "off", "false"].includes(value.trim()) ? null : `${key} ${value.trim()};`;
}

function replacement(node: ConfNode, text: string): TextEdit {
  return { start: startOf(node), end: node.end, text };
}
