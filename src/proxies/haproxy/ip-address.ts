/** An IPv4 address as an unsigned number, null when it is none. */
export function ipv4Number(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let number = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part)) return null;
    number = number * 256 + Number(part);
  }
  return number;
}

/** The eight 16-bit groups of an IPv6 address, null when it is none. */
export function ipv6Groups(text: string): readonly number[] | null {
  if (!text.includes(":")) return null;
  const [head = "", tail] = text.split("::");
  const groupsOf = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...new Array<number>(Math.max(0, missing)).fill(0), ...after];
  return groups.length === 8 && groups.every((group) => group >= 0 && group < 65536) ? groups : null;
}

/** What `balance source` starts from: the address itself, of IPv6 the words combined by XOR (spec/haproxy.md 3.5). */
export function addressHash(text: string): number | null {
  const v4 = ipv4Number(text);
  if (v4 !== null) return v4;
  const groups = ipv6Groups(text);
  if (groups === null) return null;
  let hash = 0;
  for (let i = 0; i < 8; i += 2) hash ^= ((groups[i] as number) << 16) | (groups[i + 1] as number);
  return hash >>> 0;
}
