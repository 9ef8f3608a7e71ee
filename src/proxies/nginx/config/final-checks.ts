import { refuse, refuseAtEnd, refuseNowhere } from "./conf-error.ts";
import type { LocationDraft } from "./drafts.ts";
import { isKnownVariable } from "./known-variables.ts";
import type { Reader } from "./reader.ts";
import type { Scope } from "./scope.ts";
import { size } from "./scope-values.ts";
import { parseNumber, parseSize } from "./unit-values.ts";

/** Variables that nobody makes. Source: ngx_http_variables_init_vars, nginx 1.22.1. */
export function checkVariables(reader: Reader): void {
  const { variables, madeVariables, usedVariables } = reader.draft;
  for (const { name, position } of usedVariables) {
    if (isKnownVariable(name) || Object.hasOwn(variables, name) || madeVariables.has(name)) continue;
    // Unknown modules may make it.
    if (reader.loadsModules && !reader.isStrict) continue;
    if (name.startsWith("upstream_last_") || name.startsWith("sticky_")) continue;
    throw refuseNowhere(`unknown "${name}" variable`, position);
  }
}

/** Limits that name a zone that nobody declares. Source: ngx_init_cycle, nginx 1.22.1. */
export function checkZones(reader: Reader): void {
  const { zones, usedZones } = reader.draft;
  for (const [key, bytes] of zones) {
    if (bytes > 0) continue;
    const name = key.slice(key.indexOf(" ") + 1);
    const use = usedZones.find((each) => `${each.module} ${each.name}` === key);
    throw refuseNowhere(`zero size shared memory zone "${name}"`, use?.position ?? null);
  }
}

/** Listening with TLS needs a certificate. Source: ngx_http_ssl_init, nginx 1.22.1. */
export function checkCertificates(reader: Reader): void {
  for (const { listens, scope, root, position } of reader.draft.servers) {
    const needs = listens.some(({ ssl }) => ssl) && scope.word("ssl_reject_handshake") !== "on";
    if (!needs || scope.uses("ssl_certificate").length > 0) continue;
    const place = `${root.node.file}:${root.node.line}`;
    const message = 'no "ssl_certificate" is defined for the "listen ... ssl" directive';
    throw refuseNowhere(`${message} in ${place}`, position);
  }
}

/** Buffers of all locations with proxy settings. Source: ngx_http_proxy_merge_loc_conf, nginx 1.22.1. */
export function checkBuffers(reader: Reader): void {
  for (const server of reader.draft.servers) checkLocation(reader, server.root);
}

function checkLocation(reader: Reader, draft: LocationDraft): void {
  checkScope(reader, draft.scope);
  for (const step of draft.steps) if (step.kind === "if") checkLocation(reader, step.location);
  for (const inner of draft.locations) checkLocation(reader, inner);
}

function checkScope(reader: Reader, scope: Scope): void {
  const bufferSize = size(scope, "proxy_buffer_size", 4096);
  const [count = "8", each = "4k"] = scope.uses("proxy_buffers")[0]?.args ?? [];
  const [buffers, bytes] = [parseNumber(count) ?? 8, parseSize(each) ?? 4096];
  const largest = Math.max(bufferSize, bytes);
  const busy = size(scope, "proxy_busy_buffers_size", 2 * largest);
  const fail = (message: string): Error => {
    const http = reader.draft.httpNode;
    return http === null ? refuseNowhere(message, null) : refuseAtEnd(http, message);
  };
  if (buffers < 2) throw fail('there must be at least 2 "proxy_buffers"');
  if (busy < largest) {
    const least = 'the maximum of the value of "proxy_buffer_size" and one of the "proxy_buffers"';
    throw fail(`"proxy_busy_buffers_size" must be equal to or greater than ${least}`);
  }
  if (busy > (buffers - 1) * bytes) {
    throw fail('"proxy_busy_buffers_size" must be less than the size of all "proxy_buffers" minus one buffer');
  }
}

/** The places that listening sockets leave. Source: ngx_event_init_conf, nginx 1.22.1. */
export function checkConnections(reader: Reader, workerConnections: number, sockets: number): void {
  if (workerConnections >= sockets + 1) return;
  const [use] = reader.draft.eventsScope?.ownUses("worker_connections") ?? [];
  const message = `${workerConnections} worker_connections are not enough for ${sockets} listening sockets`;
  throw refuseNowhere(message, use?.position ?? null);
}

/** Names of `match` blocks that health checks use. */
export function checkMatches(reader: Reader, draft: LocationDraft): void {
  for (const { args, node } of draft.scope.ownUses("health_check")) {
    const name = args.find((arg) => arg.startsWith("match="))?.slice("match=".length);
    const isKnown = reader.draft.healthMatches.some((match) => match.name === name);
    if (name !== undefined && !isKnown) throw refuse(node, `match "${name}" not found`);
  }
  for (const inner of draft.locations) checkMatches(reader, inner);
}
