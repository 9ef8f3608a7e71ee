import type { Handler } from "../call.ts";
import { refuse, refuseAtEnd } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { newUpstreamDraft } from "../drafts.ts";
import { Scope } from "../scope.ts";

/** Source: ngx_http_upstream and ngx_http_upstream_add, nginx 1.22.1. */
const upstream: Handler = ({ reader, scope, node, args, walk }) => {
  const [name = ""] = args;
  const draft = newUpstreamDraft(name, true, true, 0, node, positionOf(node, 1));
  const { upstreams } = reader.draft;
  const same = upstreams.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  const earlier = upstreams[same];
  if (earlier?.isBlock) throw refuse(node, `duplicate upstream "${name}"`, 1);
  if (earlier !== undefined && !earlier.noPort) {
    throw refuse(earlier.node, `upstream "${name}" may not have port ${earlier.port}`);
  }
  if (same >= 0) upstreams[same] = draft;
  else upstreams.push(draft);
  walk(new Scope("U", scope), { upstream: draft });
  if (draft.servers.length === 0) throw refuseAtEnd(node, "no servers are inside upstream");
  return undefined;
};

export const UPSTREAM_BLOCK: readonly (readonly [string, Handler])[] = [["upstream", upstream]];
