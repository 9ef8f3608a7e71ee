import type { MemberInfo, StatusTable } from "../../contract/proxy-machine.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import type { MemberPlaces } from "./member-places.ts";
import type { PeerList } from "./peer-list.ts";

/**
 * The state of the upstreams in the words of NGINX Plus' API (ngx_http_api_module, /http/upstreams): open-source nginx has no such
 * page. Without `zone` every worker has a state of its own, and numbers are summed over the workers.
 */
export function statusTables(
  config: NginxConfig,
  members: readonly MemberInfo[],
  places: MemberPlaces,
  nowUs: number,
): readonly StatusTable[] {
  return config.upstreams.map(({ name }) => ({
    title: `upstream ${name}`,
    rows: members.flatMap((member, m) => {
      if (member.group !== name) return [];
      const own = places.of(m);
      const sum = (of: (list: PeerList) => ArrayLike<number>): number =>
        own.reduce((total, { list, peer }) => total + (of(list)[peer] as number), 0);
      return [
        {
          server: member.name,
          weight: own[0] === undefined ? member.weight : (own[0].list.weight[own[0].peer] as number),
          backup: member.tier > 0 ? "yes" : "no",
          state: places.state(nowUs, m),
          active: sum((list) => list.conns),
          requests: sum((list) => list.requests),
          fails: sum((list) => list.failures),
          unavail: sum((list) => list.unavailable),
        },
      ];
    }),
  }));
}
