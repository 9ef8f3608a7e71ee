import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits } from "../../shared/text-edit.ts";
import { argumentsOf, type ConfNode, nameOf } from "../config/conf-node.ts";
import type { NginxConfig } from "../config/nginx-config.ts";
import { parseConf } from "../config/parse-conf.ts";
import type { ServerLine } from "../config/upstream-config.ts";
import { blocksNamed, wordText } from "./directive-text.ts";

/** Parameters of a server line without a value. */
const FLAGS = ["backup", "down", "drain", "resolve"];

/** Parameters of a server line. */
export const SERVER_KEYS = ["weight", "max_conns", "max_fails", "fail_timeout", "slow_start", "route", ...FLAGS];

/** Sets a parameter of one server line, or adds it; flags are on or off. */
export function setServerLine(text: string, config: NginxConfig, name: string, key: string, value: string): EditResult {
  const all = namedServers(config);
  const found = all.filter(({ names }) => names.includes(name));
  const [only, second] = found;
  if (only === undefined) {
    const hint = all.length === 0 ? null : `servers: ${all.map(({ title }) => title).join(", ")}`;
    return refuseEdit("unknown-setting", `there is no server "${name}"`, hint);
  }
  if (second !== undefined) {
    const hint = `write one of: ${found.map(({ title }) => `server(${title}).${key}`).join(", ")}`;
    return refuseEdit("ambiguous-setting", `"${name}" can mean ${found.length} servers`, hint);
  }
  if (!SERVER_KEYS.includes(key)) {
    return refuseEdit("unknown-setting", `"${key}" is not a parameter of a server`, `known: ${SERVER_KEYS.join(", ")}`);
  }
  const line = lineOf(text, config, only);
  if (line === undefined) {
    return refuseEdit("unknown-setting", `"${name}" is not in ${config.file} itself`, "change the included file");
  }
  return FLAGS.includes(key) ? setFlag(text, line, key, value) : setParameter(text, line, key, value);
}

/** The line in the text, which earlier settings may have moved: found by upstream, text and number among equals. */
function lineOf(text: string, config: NginxConfig, { server, upstream, ordinal }: NamedServer): ConfNode | undefined {
  if (server.position.file !== config.file) return undefined;
  const block = blocksNamed(parseConf(config.file, text), "upstream").find(
    (node) => argumentsOf(node)[0]?.toLowerCase() === upstream.toLowerCase(),
  );
  const lines = (block?.children ?? []).filter(
    (node) => nameOf(node) === "server" && argumentsOf(node)[0] === server.text,
  );
  return lines[ordinal];
}

function setParameter(text: string, line: ConfNode, key: string, value: string): EditResult {
  const written = wordText(`${key}=${value}`);
  const existing = line.words.slice(2).filter((word) => word.text.startsWith(`${key}=`));
  const edits = existing.map(({ start, end }) => ({ start, end, text: written }));
  return applyEdits(text, edits.length > 0 ? edits : [added(line, written)]);
}

function setFlag(text: string, line: ConfNode, key: string, value: string): EditResult {
  const isOn = ["on", "true", "yes", "1"].includes(value);
  if (!isOn && !["off", "false", "no", "0"].includes(value)) {
    return refuseEdit("wrong-value", `${key} is on or off, not "${value}"`);
  }
  const existing = line.words.slice(2).filter((word) => word.text === key);
  if (isOn) return existing.length > 0 ? { text } : applyEdits(text, [added(line, key)]);
  return applyEdits(
    text,
    existing.map(({ start, end }) => ({ start: start - (/\s/.test(text[start - 1] ?? "") ? 1 : 0), end, text: "" })),
  );
}

function added(line: ConfNode, word: string) {
  const at = line.words.at(-1)?.end ?? line.end - 1;
  return { start: at, end: at, text: ` ${word}` };
}

interface NamedServer {
  readonly server: ServerLine;
  readonly upstream: string;
  /** Number among the lines of its upstream with the same text. */
  readonly ordinal: number;
  /** Unambiguous where two upstreams share an address. */
  readonly title: string;
  readonly names: readonly string[];
}

function namedServers(config: NginxConfig): readonly NamedServer[] {
  const blocks = config.upstreams.filter(({ implicit }) => !implicit);
  return blocks.flatMap(({ name, servers }) =>
    servers.map((server, i): NamedServer => {
      const plain = [...new Set([server.text, ...server.addresses, server.route])].filter((each) => each !== "");
      return {
        server,
        upstream: name,
        ordinal: servers.slice(0, i).filter(({ text }) => text === server.text).length,
        title: blocks.length > 1 ? `${name}/${server.text}` : server.text,
        names: [...plain, ...plain.map((each) => `${name}/${each}`)],
      };
    }),
  );
}
