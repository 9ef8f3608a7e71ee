import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import type { Template } from "../template.ts";
import { parseSize, parseTime, parseTimeUs } from "../unit-values.ts";
import type { StickyConfig } from "../upstream-config.ts";
import { addZone } from "./zones.ts";

/** spec/nginx-plus.md (b); wraps the method that stands before it. */
const sticky: Handler = (call) => {
  const { node, args, upstream, scope } = call;
  if (scope.has("sticky")) return "is duplicate";
  const [kind = ""] = args;
  const config =
    kind === "cookie" ? cookie(call) : kind === "route" ? route(call) : kind === "learn" ? learn(call) : null;
  if (config === null) throw refuse(node, `unknown parameter "${kind}"`, 1);
  if (upstream !== null) {
    upstream.hasBalancer = true;
    upstream.sticky = config;
  }
  return undefined;
};

/** "key=value" arguments from the third word on; flags have the value null. */
function* parameters(
  { node, args }: Call,
  from: number,
): Generator<[key: string, value: string | null, refused: Error]> {
  for (const [i, arg] of args.entries()) {
    if (i < from) continue;
    const equals = arg.indexOf("=");
    const key = equals < 0 ? arg : arg.slice(0, equals);
    yield [key, equals < 0 ? null : arg.slice(equals + 1), refuse(node, `invalid parameter "${arg}"`, i + 1)];
  }
}

function cookie(call: Call): StickyConfig {
  const { reader, node, args } = call;
  const name = args[1];
  if (name === undefined) throw refuse(node, 'invalid number of arguments in "sticky" directive');
  let expiresS: number | "max" | null = null;
  let domain: Template | null = null;
  let path: Template | null = null;
  let samesite: Template | null = null;
  let httponly = false;
  let secure = false;
  for (const [key, value, refused] of parameters(call, 2)) {
    if (value === null && key === "httponly") httponly = true;
    else if (value === null && key === "secure") secure = true;
    else if (value === null) throw refused;
    else if (key === "expires") {
      expiresS = value === "max" ? "max" : parseTime(value, true);
      if (expiresS === null) throw refused;
    } else if (key === "domain") domain = reader.template(value, node);
    else if (key === "path") path = reader.template(value, node);
    else if (key === "samesite") samesite = reader.template(value, node);
    else throw refused;
  }
  return { kind: "cookie", name, expiresS, domain, path, httponly, secure, samesite, position: positionOf(node) };
}

function route({ reader, node, args }: Call): StickyConfig {
  const variables = args.slice(1).map((word, i) => {
    if (!word.startsWith("$")) throw refuse(node, `invalid variable name "${word}"`, i + 2);
    return reader.template(word, node, i + 2);
  });
  if (variables.length === 0) throw refuse(node, 'invalid number of arguments in "sticky" directive');
  return { kind: "route", variables, position: positionOf(node) };
}

function learn(call: Call): StickyConfig {
  const { reader, node } = call;
  const create: Template[] = [];
  const lookup: Template[] = [];
  let zone = "";
  let zoneBytes = 0;
  let timeoutUs: number | null = 600_000_000;
  let header = false;
  for (const [key, value, refused] of parameters(call, 1)) {
    if (value === null && key === "header") header = true;
    else if (value === null && key === "sync") reader.passOver("unmodelled", node);
    else if (value === null) throw refused;
    else if (key === "create") create.push(reader.template(value, node));
    else if (key === "lookup") lookup.push(reader.template(value, node));
    else if (key === "timeout") {
      timeoutUs = parseTimeUs(value);
      if (timeoutUs === null) throw refused;
    } else if (key === "zone") {
      const [name = "", size = ""] = value.split(":", 2);
      const bytes = parseSize(size);
      if (name === "" || bytes === null) throw refuse(node, `invalid zone size "${value}"`);
      zone = name;
      zoneBytes = bytes;
      addZone(reader, node, "sticky", zone, zoneBytes);
    } else throw refused;
  }
  const missing = create.length === 0 ? "create" : lookup.length === 0 ? "lookup" : zone === "" ? "zone" : null;
  if (missing !== null) throw refuse(node, `"sticky learn" must have "${missing}" parameter`);
  return { kind: "learn", create, lookup, zone, zoneBytes, timeoutUs, header, position: positionOf(node) };
}

export const STICKY: readonly (readonly [string, Handler])[] = [["sticky", sticky]];
