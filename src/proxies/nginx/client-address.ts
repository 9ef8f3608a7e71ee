/** Octets of an address as text: 4 of IPv4, 16 of IPv6, none of anything else (a unix socket). */
export function octetsOf(address: string): readonly number[] {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return address.split(".").map(Number);
  return address.includes(":") ? ipv6Octets(address.replace(/^\[|\]$/g, "")) : [];
}

/** What ip_hash hashes: three octets of IPv4, all of IPv6, else three zeros (spec/nginx.md 2.3). */
export function hashedOctets(address: string): readonly number[] {
  let octets = known.get(address);
  if (octets === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    octets = readHashed(address);
    known.set(address, octets);
  }
  return octets;
}

const MOST_KNOWN = 10_000;
const known = new Map<string, readonly number[]>();

function readHashed(address: string): readonly number[] {
  const octets = octetsOf(address);
  if (octets.length === 4) return octets.slice(0, 3);
  return octets.length === 16 ? octets : [0, 0, 0];
}

function ipv6Octets(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (dotted !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = (dotted[2] as string).split(".").map(Number);
    return ipv6Octets(`${dotted[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`);
  }
  const [head = "", tail] = address.split("::");
  const groups = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)];
  const zeros = tail === undefined ? [] : new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [(group >> 8) & 255, group & 255]);
}
