import type { Position } from "../../../contract/problem.ts";
import { refuseNowhere } from "./conf-error.ts";
import { implicitName } from "./directives/proxy-pass.ts";
import type { UpstreamDraft } from "./drafts.ts";
import { canResolve, ipv4Octets } from "./parse-address.ts";
import { SERVER_DEFAULTS, type ServerLine, type UpstreamConfig } from "./upstream-config.ts";

/** Upstreams with all that their blocks say. Source: ngx_http_upstream_init_round_robin, nginx 1.22.1. */
export function assembleUpstreams(drafts: readonly UpstreamDraft[]): readonly UpstreamConfig[] {
  return drafts.map((draft) => (draft.isBlock ? fromBlock(draft) : implicit(draft)));
}

function fromBlock(draft: UpstreamDraft): UpstreamConfig {
  const { name, node, position, servers, keepalive, sticky, queue, zone, methodPosition } = draft;
  if (servers.every(({ backup }) => backup)) {
    throw refuseNowhere(`no servers in upstream "${name}" in ${node.file}:${node.line}`, position);
  }
  const method = draft.method ?? { kind: "round_robin" as const };
  return { name, implicit: false, method, methodPosition, servers, zone, keepalive, sticky, queue, position };
}

/** What proxy_pass to an address means: one server with the defaults (spec/nginx.md section 1). */
function implicit(draft: UpstreamDraft): UpstreamConfig {
  const { name, port, node, position } = draft;
  const isAddress = ipv4Octets(name) !== null || name.includes(":");
  if (!isAddress && !canResolve({ host: name, port, noPort: false, uri: "", family: "name" })) {
    throw refuseNowhere(`host not found in upstream "${name}" in ${node.file}:${node.line}`, position);
  }
  return implicitUpstream(implicitName(name, port), position);
}

/** An upstream of one address, as proxy_pass to an address makes it. */
export function implicitUpstream(address: string, position: Position): UpstreamConfig {
  const server: ServerLine = {
    text: address,
    addresses: [address],
    ...SERVER_DEFAULTS,
    position,
  };
  return {
    name: address,
    implicit: true,
    method: { kind: "round_robin" },
    methodPosition: position,
    servers: [server],
    zone: null,
    keepalive: null,
    sticky: null,
    queue: null,
    position,
  };
}
