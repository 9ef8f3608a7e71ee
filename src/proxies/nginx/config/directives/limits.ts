import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { parseNumber, parseSize } from "../unit-values.ts";
import { addZone } from "./zones.ts";

/** `zone=NAME:SIZE` of limit_conn_zone and limit_req_zone. */
function zoneParameter({ node }: Call, parameter: string, word: number): { name: string; sizeBytes: number } {
  const colon = parameter.indexOf(":");
  const sizeBytes = colon < 0 ? null : parseSize(parameter.slice(colon + 1));
  if (sizeBytes === null) throw refuse(node, `invalid zone size "${parameter}"`, word);
  if (sizeBytes < 32_768) throw refuse(node, `zone "${parameter}" is too small`, word);
  return { name: parameter.slice("zone=".length, colon), sizeBytes };
}

/** Requests per 1000 s of "rate=2r/s". */
function rateOf({ node }: Call, parameter: string, word: number): number {
  const parts = /^rate=(\d+)(r\/[sm])?$/.exec(parameter);
  const rate = Number(parts?.[1] ?? 0);
  if (rate <= 0) throw refuse(node, `invalid rate "${parameter}"`, word);
  return Math.trunc((rate * 1000) / (parts?.[2] === "r/m" ? 60 : 1));
}

/** Source: ngx_http_limit_conn_zone and ngx_http_limit_req_zone, nginx 1.22.1. */
function limitZone(name: "limit_conn_zone" | "limit_req_zone"): Handler {
  return (call) => {
    const { reader, node, args } = call;
    const { draft } = reader;
    const [keyText = "", ...parameters] = args;
    const key = reader.template(keyText, node, 1);
    let zone: { name: string; sizeBytes: number } | null = null;
    let ratePer1000s = 1000;
    for (const [i, parameter] of parameters.entries()) {
      if (parameter.startsWith("zone=")) zone = zoneParameter(call, parameter, i + 2);
      else if (parameter.startsWith("rate=") && name === "limit_req_zone")
        ratePer1000s = rateOf(call, parameter, i + 2);
      else throw refuse(node, `invalid parameter "${parameter}"`, i + 2);
    }
    if (zone === null || zone.name === "") throw refuse(node, `"${name}" must have "zone" parameter`);
    const position = positionOf(node);
    const zones = name === "limit_conn_zone" ? draft.limitConnZones : draft.limitReqZones;
    const earlier = zones.find((each) => each.name === zone?.name);
    if (earlier !== undefined) {
      throw refuse(node, `${name} "${zone.name}" is already bound to key "${earlier.key.source}"`);
    }
    addZone(reader, node, name === "limit_conn_zone" ? "limit_conn" : "limit_req", zone.name, zone.sizeBytes);
    if (name === "limit_conn_zone") draft.limitConnZones.push({ name: zone.name, key, position });
    else draft.limitReqZones.push({ name: zone.name, key, ratePer1000s, position });
    return undefined;
  };
}

/** Source: ngx_http_limit_conn, nginx 1.22.1. */
const limitConn: Handler = ({ reader, node, args, scope }) => {
  const [zone = "", written = ""] = args;
  addZone(reader, node, "limit_conn", zone, 0);
  reader.draft.usedZones.push({ name: zone, module: "limit_conn", position: positionOf(node, 1) });
  if (scope.ownUses("limit_conn").some((use) => use.args[0] === zone)) return "is duplicate";
  const connections = parseNumber(written) ?? 0;
  if (connections <= 0) throw refuse(node, `invalid number of connections "${written}"`, 2);
  if (connections > 65_535) throw refuse(node, "connection limit must be less 65536", 2);
  return undefined;
};

/** Source: ngx_http_limit_req, nginx 1.22.1. */
const limitReq: Handler = ({ reader, node, args, scope }) => {
  let zone: string | null = null;
  for (const [i, parameter] of args.entries()) {
    const [key = "", value = ""] = parameter.split("=", 2);
    if (parameter.startsWith("zone=")) {
      zone = value;
      addZone(reader, node, "limit_req", zone, 0);
    } else if (parameter.startsWith("burst=") || parameter.startsWith("delay=")) {
      if (!((parseNumber(value) ?? 0) > 0)) throw refuse(node, `invalid ${key} value "${parameter}"`, i + 1);
    } else if (parameter !== "nodelay") throw refuse(node, `invalid parameter "${parameter}"`, i + 1);
  }
  if (zone === null) throw refuse(node, '"limit_req" must have "zone" parameter');
  reader.draft.usedZones.push({ name: zone, module: "limit_req", position: positionOf(node, 1) });
  const isSame = scope.ownUses("limit_req").some((use) => use.args.includes(`zone=${zone}`));
  return isSame ? "is duplicate" : undefined;
};

export const LIMITS: readonly (readonly [string, Handler])[] = [
  ["limit_conn_zone", limitZone("limit_conn_zone")],
  ["limit_req_zone", limitZone("limit_req_zone")],
  ["limit_conn", limitConn],
  ["limit_req", limitReq],
];
