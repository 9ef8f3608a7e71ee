import type { MemberInfo } from "../../contract/proxy-machine.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import type { PeerLine } from "./peer-list.ts";

/** What is fixed about the members: a peer of an upstream each, in the order of the file. */
export function memberInfosOf(
  { upstreams }: NginxConfig,
  lines: readonly (readonly PeerLine[])[],
  addresses: readonly string[],
): readonly MemberInfo[] {
  const indexes = new Map(addresses.map((address, i) => [address, i]));
  return upstreams.flatMap(({ name }, u) =>
    (lines[u] as readonly PeerLine[]).map(({ line, address }) => ({
      name: address,
      group: name,
      alias: line.route === "" ? null : line.route,
      address: indexes.get(address) as number,
      weight: line.weight,
      tier: line.backup ? 1 : 0,
      role: line.backup ? "standby" : "normal",
    })),
  );
}
