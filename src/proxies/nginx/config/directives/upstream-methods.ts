import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { parseNumber, parseSize, parseTimeUs } from "../unit-values.ts";
import type { UpstreamMethod } from "../upstream-config.ts";
import { addZone } from "./zones.ts";

/**
 * A method takes the place of whatever balanced before: another method, or the keepalive and sticky lines that wrapped it.
 * Source: "load balancing method redefined" in the ngx_http_upstream_*_module.c files, nginx 1.22.1.
 */
function choose({ reader, node, upstream }: Call, method: UpstreamMethod, refusesBackup: boolean): void {
  if (upstream === null) return;
  if (upstream.hasBalancer) reader.warn(node, "load balancing method redefined");
  upstream.hasBalancer = true;
  upstream.method = method;
  upstream.methodPosition = positionOf(node);
  upstream.refusesBackup = refusesBackup;
  upstream.keepalive = null;
  upstream.sticky = null;
  upstream.queue = null;
}

const leastConn: Handler = (call) => {
  choose(call, { kind: "least_conn" }, false);
  return undefined;
};

const ipHash: Handler = (call) => {
  choose(call, { kind: "ip_hash" }, true);
  return undefined;
};

const hash: Handler = (call) => {
  const [key = "", how] = call.args;
  const template = call.reader.template(key, call.node, 1);
  choose(call, { kind: "hash", key: template, consistent: how !== undefined }, true);
  if (how !== undefined && how !== "consistent") throw refuse(call.node, `invalid parameter "${how}"`, 2);
  return undefined;
};

const random: Handler = (call) => {
  const [two, by = "least_conn"] = call.args;
  const { reader, node } = call;
  const compares = by === "least_conn" ? "least_conn" : byTime(by);
  choose(call, { kind: "random", by: two === undefined ? null : compares }, true);
  if (two !== undefined && two !== "two") throw refuse(node, `invalid parameter "${two}"`, 1);
  if (by !== "least_conn" && (reader.isStrict || compares === null)) throw refuse(node, `invalid parameter "${by}"`, 2);
  if (by !== "least_conn") reader.newer("random two least_time", null, positionOf(node, 2));
  return undefined;
};

function byTime(word: string): "header" | "last_byte" | null {
  return word === "least_time=header" ? "header" : word === "least_time=last_byte" ? "last_byte" : null;
}

const leastTime: Handler = (call) => {
  const [of = "", inflight] = call.args;
  if (of !== "header" && of !== "last_byte") throw refuse(call.node, `invalid parameter "${of}"`, 1);
  if (inflight !== undefined && inflight !== "inflight") throw refuse(call.node, `invalid parameter "${inflight}"`, 2);
  choose(call, { kind: "least_time", of, inflight: inflight !== undefined }, false);
  return undefined;
};

/** Source: ngx_http_upstream_keepalive, nginx 1.22.1. */
const keepalive: Handler = ({ node, args, upstream, scope }) => {
  if (scope.has("keepalive")) return "is duplicate";
  const connections = parseNumber(args[0] ?? "") ?? 0;
  if (connections === 0) throw refuse(node, `invalid value "${args[0]}" in "keepalive" directive`, 1);
  if (upstream === null) return undefined;
  upstream.hasBalancer = true;
  upstream.keepalive = { connections, ...upstream.keepaliveSettings, position: positionOf(node) };
  return undefined;
};

/** Source: ngx_http_upstream_zone, nginx 1.22.1 (8 pages are the least). */
const zone: Handler = ({ reader, node, args, upstream }) => {
  const [name = "", written] = args;
  if (name === "") throw refuse(node, 'invalid zone name ""', 1);
  const sizeBytes = written === undefined ? 0 : parseSize(written);
  if (sizeBytes === null) throw refuse(node, `invalid zone size "${written}"`, 2);
  if (written !== undefined && sizeBytes < 32_768) throw refuse(node, `zone "${name}" is too small`, 1);
  addZone(reader, node, "upstream", name, sizeBytes);
  if (upstream !== null) upstream.zone = { name, sizeBytes, position: positionOf(node) };
  return undefined;
};

/** Plus: spec/nginx-plus.md (a). */
const queue: Handler = ({ node, args, upstream }) => {
  const size = parseNumber(args[0] ?? "") ?? 0;
  if (size === 0) throw refuse(node, `invalid value "${args[0]}" in "queue" directive`, 1);
  const given = args[1];
  const timeoutUs = given === undefined ? 60_000_000 : parseTimeUs(given.replace(/^timeout=/, ""));
  if (timeoutUs === null || (given !== undefined && !given.startsWith("timeout="))) {
    throw refuse(node, `invalid parameter "${given}"`, 2);
  }
  if (upstream !== null) {
    upstream.hasBalancer = true;
    upstream.queue = { size, timeoutUs, position: positionOf(node) };
  }
  return undefined;
};

export const UPSTREAM_METHODS: readonly (readonly [string, Handler])[] = [
  ["least_conn", leastConn],
  ["ip_hash", ipHash],
  ["hash", hash],
  ["random", random],
  ["least_time", leastTime],
  ["keepalive", keepalive],
  ["zone", zone],
  ["queue", queue],
];
