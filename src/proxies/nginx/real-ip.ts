import { octetsOf } from "./client-address.ts";
import type { RealIpConfig } from "./config/location-config.ts";
import { isInNetwork } from "./variables.ts";

/** The client's address after realip (ngx_http_realip_module): from the header, if the peer is trusted. */
export function realIp(config: RealIpConfig, peer: string, header: string | null): string {
  if (header === null || !isTrusted(config, peer)) return peer;
  if (config.header !== "x-forwarded-for") return addressOf(header) ?? peer;
  // From the right: with `recursive` the first that is not trusted, else the last one.
  let address = peer;
  for (const text of header
    .split(/[\s,]+/)
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

function addressOf(text: string): string | null {
  const plain = text.trim();
  if (octetsOf(plain).length > 0) return plain.replace(/^\[|\]$/g, "");
  const [, bracketed, dotted] = /^(?:\[(.*)\]|(\d+\.\d+\.\d+\.\d+)):\d+$/.exec(plain) ?? [];
  return bracketed ?? dotted ?? null;
}
