import type { Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { argumentsOf, nameOf, positionOf } from "../conf-node.ts";
import { parseNumber, parseTimeUs } from "../unit-values.ts";
import type { HealthMatch } from "../upstream-config.ts";

const TIMES = ["interval", "jitter", "keepalive_time"];
const NUMBERS = ["fails", "passes", "port"];

/** Plus: spec/nginx-plus.md (c). The values are read when the location is complete. */
const healthCheck: Handler = ({ node, args }) => {
  for (const [i, parameter] of args.entries()) {
    const [key = "", value] = splitParameter(parameter);
    const isFine =
      value === undefined
        ? key === "mandatory" || key === "persistent"
        : (TIMES.includes(key) && parseTimeUs(value) !== null) ||
          (NUMBERS.includes(key) && (parseNumber(value) ?? 0) > 0) ||
          ["uri", "match", "type", "grpc_service", "grpc_status"].includes(key);
    if (!isFine) throw refuse(node, `invalid parameter "${parameter}"`, i + 1);
  }
  return undefined;
};

/** "key=value" in two; a flag has no value. */
export function splitParameter(parameter: string): readonly [key: string, value?: string] {
  const equals = parameter.indexOf("=");
  return equals < 0 ? [parameter] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
}

/** Plus: `match NAME { status …; header …; body … }`. */
const match: Handler = ({ reader, node, args }) => {
  let statuses: HealthMatch["statuses"] = [];
  let statusNegated = false;
  const headers: HealthMatch["headers"][number][] = [];
  const bodies: HealthMatch["bodies"][number][] = [];
  for (const line of node.children ?? []) {
    if (line.error !== null) throw refuse(line, line.error);
    const [name, words] = [nameOf(line), argumentsOf(line)];
    if (name === "status") {
      statusNegated = words[0] === "!";
      statuses = words
        .filter((word) => word !== "!")
        .map((word) => statusRange(word, () => refuse(line, `invalid status "${word}"`)));
    } else if (name === "header") headers.push(headerTest(words));
    else if (name === "body") bodies.push({ operator: words[0] === "!~" ? "!~" : "~", source: words.at(-1) ?? "" });
    else if (name === "require") reader.passOver("unmodelled", line);
    else throw refuse(line, `unknown directive "${name}"`);
  }
  reader.draft.healthMatches.push({
    name: args[0] ?? "",
    statuses,
    statusNegated,
    headers,
    bodies,
    position: positionOf(node),
  });
  return undefined;
};

function statusRange(word: string, refused: () => Error): { from: number; to: number } {
  const [from = "", to = from] = word.split("-", 2);
  const [low, high] = [parseNumber(from), parseNumber(to)];
  if (low === null || high === null) throw refused();
  return { from: low, to: high };
}

/** "header Content-Type = text/html", "header ! X", "header X", "header X ~ …". */
function headerTest(words: readonly string[]): HealthMatch["headers"][number] {
  const [first = "", second = "", third = ""] = words;
  if (first === "!") return { name: second.toLowerCase(), operator: "absent", value: "" };
  const name = first.toLowerCase();
  if (second === "=" || second === "!=" || second === "~" || second === "!~")
    return { name, operator: second, value: third };
  return { name, operator: "present", value: "" };
}

export const HEALTH: readonly (readonly [string, Handler])[] = [
  ["health_check", healthCheck],
  ["match", match],
];
