import { ipv4Octets, ipv6Octets } from "./parse-address.ts";
import type { Network } from "./template.ts";
import { parseNumber } from "./unit-values.ts";

/** A network with the remark that its address had bits beyond the mask. */
export interface ParsedNetwork {
  readonly network: Network;
  readonly hasLowBits: boolean;
}

/** "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"; null = none of these. Source: ngx_ptocidr, nginx 1.22.1. */
export function parseNetwork(text: string): ParsedNetwork | null {
  const [address = "", mask] = text.split("/", 2);
  const octets = ipv4Octets(address) ?? ipv6Octets(address);
  if (octets === null) return null;
  const width = octets.length * 8;
  if (mask?.includes(".") && width === 32) return withMask(octets, ipv4Octets(mask));
  const bits = mask === undefined ? width : parseNumber(mask);
  if (bits === null || bits > width) return null;
  const maskOctets = octets.map((_octet, i) => {
    const left = Math.min(8, Math.max(0, bits - i * 8));
    return (0xff << (8 - left)) & 0xff;
  });
  return withMask(octets, maskOctets);
}

function withMask(octets: readonly number[], mask: readonly number[] | null): ParsedNetwork | null {
  if (mask === null) return null;
  const masked = octets.map((octet, i) => octet & (mask[i] ?? 0));
  const hasLowBits = masked.some((octet, i) => octet !== octets[i]);
  return { network: { kind: "ip", octets: masked, mask }, hasLowBits };
}
