import { nodePosition } from "../directive-node.ts";
import type { BalancerDraft, ServerDraft } from "../drafts.ts";
import { parseBalancerUrl } from "../worker-url.ts";
import type { Call } from "./call.ts";

/** The balancer of this server under the name in a URL; null when the server has none yet. */
export function findBalancer(server: ServerDraft, url: string): BalancerDraft | null {
  const name = parseBalancerUrl(url)?.name;
  return server.balancers.find((balancer) => balancer.name === name) ?? null;
}

/** Defines a balancer; gives httpd's complaint about its name as text. */
export function defineBalancer(call: Call, url: string, defined: boolean): BalancerDraft | string {
  const parsed = parseBalancerUrl(url);
  if (parsed === null || (parsed.name === "" && parsed.path === "")) return `Bad syntax for a balancer name (${url})`;
  const { name } = parsed;
  const { parent } = call.node;
  const position = nodePosition(parent !== null && call.context.kind === "proxy" ? parent : call.node);
  const balancer = { name, settings: {}, members: [], path: "/", defined, position };
  call.context.server.balancers.push(balancer);
  return balancer;
}
