import { octetsOf } from "./client-address.ts";
import type { RealIpConfig } from "./config/location-config.ts";
import { isInNetwork } from "./variables.ts";

/**
 * The client's address after realip (ngx_http_realip_module and ngx_http_get_forwarded_addr): from the header, if the peer is
 * trusted. Any header may hold a list.
 */
export function realIp(config: RealIpConfig, peer: string, header: string | null): string {
  if (header === null || !isTrusted(config, peer)) return peer;
  // From the right: with `recursive` the first that is not trusted, else the last one.
  let address = peer;
  for (const text of header
    .split(/[ ,]+/)
    .filter((part) => part !== "")
    .reverse()) {
    const next = addressOf(text);
    if (next === null) return address;
    address = next;
    if (!config.recursive || !isTrusted(config, next)) return address;
  }
  return address;
}

function isTrusted({ from }: RealIpConfig, address: string): boolean {
  const octets = octetsOf(address);
  return octets.length === 0
    ? from.some(({ kind }) => kind === "unix")
    : from.some((network) => isInNetwork(octets, network));
}

/** ngx_parse_addr_port: an address with or without a port; null = it is none. */
function addressOf(text: string): string | null {
  const [, bracketed, dotted] = /^(?:\[(.*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(text) ?? [];
  const address = bracketed ?? dotted ?? text;
  if (!/^[\da-f.]*[:.][\da-f:.]*$/i.test(address)) return null;
  const octets = octetsOf(address);
  const isWhole = octets.length === 4 || octets.length === 16;
  return isWhole && octets.every((octet) => octet <= 255) ? address : null;
}
