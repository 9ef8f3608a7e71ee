import { CHOICE_OF } from "./choices.ts";
import { refuse } from "./conf-error.ts";
import { argumentsOf, type ConfNode } from "./conf-node.ts";
import type { KnownDirective } from "./known-directives.ts";
import type { Reader } from "./reader.ts";
import type { Scope } from "./scope.ts";
import { parseNumber, parseSize, parseTime } from "./unit-values.ts";

/** Bounds of ngx_conf_check_num_bounds; high null = none. */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number | null]>> = {
  gzip_comp_level: [1, 9],
  limit_conn_status: [400, 599],
  limit_req_status: [400, 599],
  auth_delay: [0, null],
};

/**
 * Checks the value of a directive that a generic setter takes, in nginx's words; answers what is wrong with the directive
 * ("is duplicate"), or null. Source: ngx_conf_file.c, nginx 1.22.1.
 */
export function checkSlot(reader: Reader, scope: Scope, node: ConfNode, known: KnownDirective): string | null {
  const { slot, name } = known;
  const [value = "", second = ""] = argumentsOf(node);
  if (slot === "mask") {
    checkMask(reader, scope, node, name);
    return null;
  }
  if (!ONCE.has(slot)) return null;
  if (scope.has(name)) return "is duplicate";
  if (slot === "flag" && !/^(?:on|off)$/i.test(value)) {
    throw refuse(node, `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`, 1);
  }
  if (slot === "num") {
    const number = parseNumber(value);
    if (number === null) return "invalid number";
    checkBounds(node, name, number);
  }
  if (slot === "msec" && parseTime(value, false) === null) return "invalid value";
  if (slot === "sec" && parseTime(value, true) === null) return "invalid value";
  if (slot === "size" && parseSize(value) === null) return "invalid value";
  if (slot === "off" && parseSize(value, true) === null) return "invalid value";
  if (slot === "bufs" && !((parseNumber(value) ?? 0) > 0 && (parseSize(second) ?? 0) > 0)) return "invalid value";
  if (slot === "enum") checkEnum(node, name, value);
  return null;
}

const ONCE: ReadonlySet<string> = new Set(["flag", "num", "msec", "sec", "size", "off", "bufs", "enum", "str"]);

function checkBounds(node: ConfNode, name: string, value: number): void {
  const bounds = BOUNDS[name];
  if (bounds === undefined) return;
  const [low, high] = bounds;
  if (high === null && value < low) throw refuse(node, `value must be equal to or greater than ${low}`, 1);
  if (high !== null && (value < low || value > high)) {
    throw refuse(node, `value must be between ${low} and ${high}`, 1);
  }
}

function checkEnum(node: ConfNode, name: string, value: string): void {
  const words = CHOICE_OF.get(name)?.words ?? [];
  if (words.some((word) => word.toLowerCase() === value.toLowerCase())) return;
  throw refuse(node, `invalid value "${value}"`, 1);
}

/** Words of one directive, also over several lines, are collected; a repeated one is warned about. */
function checkMask(reader: Reader, scope: Scope, node: ConfNode, name: string): void {
  const words = CHOICE_OF.get(name)?.words ?? [];
  const seen = new Set(scope.ownUses(name).flatMap(({ args }) => args.map((word) => word.toLowerCase())));
  for (const [i, value] of argumentsOf(node).entries()) {
    const word = value.toLowerCase();
    if (!words.some((each) => each.toLowerCase() === word)) throw refuse(node, `invalid value "${value}"`, i + 1);
    if (seen.has(word)) reader.warn(node, `duplicate value "${value}"`);
    seen.add(word);
  }
}
