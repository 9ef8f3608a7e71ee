/** Reads an IPv4 address, parts that are missing at the end count as 0 (apr_ipsubnet_create: "10.1" is 10.1.0.0/16). */
function readAddress(text: string): { readonly value: number; readonly parts: number } | null {
  const parts = text.replace(/\.$/, "").split(".");
  if (parts.length > 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  const value = [0, 1, 2, 3].reduce((sum, i) => sum * 256 + Number(parts[i] ?? 0), 0);
  return { value, parts: parts.length };
}

/**
 * httpd's words about a network that it can't read; null when it can. IPv6 is taken as it is.
 * @param mask what stands behind the slash
 */
export function networkError(address: string, mask: string | undefined): string | null {
  if (address.includes(":")) return null;
  if (readAddress(address) === null) return "The specified IP address is invalid.";
  if (mask === undefined) return null;
  const bits = /^\d+$/.test(mask) ? Number(mask) : -1;
  const fits = mask.includes(".") ? /^\d+(\.\d+){3}$/.test(mask) && readAddress(mask) !== null : bits > 0 && bits <= 32;
  return fits ? null : "The specified network mask is invalid.";
}

/** A network as `address/bits`, whatever way it was written. */
export function networkOf(text: string): string {
  const [address = "", mask] = text.split("/", 2);
  if (address.includes(":")) return mask === undefined ? `${address}/128` : text;
  const read = readAddress(address);
  if (mask === undefined) return `${address}/${(read?.parts ?? 4) * 8}`;
  return mask.includes(".") ? `${address}/${bitsOf(readAddress(mask)?.value ?? 0)}` : text;
}

function bitsOf(mask: number): number {
  return mask.toString(2).replace(/0+$/, "").length;
}

/** Whether an address lies in a network that `networkOf` wrote. IPv6 addresses are compared as texts up to whole groups. */
export function isInNetwork(address: string, network: string): boolean {
  const [base = "", bits = "32"] = network.split("/", 2);
  if (base.includes(":")) return isInNetwork6(address, base, Number(bits));
  const [a, b] = [readAddress(address), readAddress(base)];
  if (a === null || b === null || a.parts !== 4) return false;
  const front = (value: number): string => value.toString(2).padStart(32, "0").slice(0, Number(bits));
  return front(a.value) === front(b.value);
}

function isInNetwork6(address: string, base: string, bits: number): boolean {
  const [a, b] = [groupsOf(address), groupsOf(base)];
  if (a === null || b === null) return false;
  const text = (groups: readonly number[]): string => groups.map((g) => g.toString(2).padStart(16, "0")).join("");
  return text(a).slice(0, bits) === text(b).slice(0, bits);
}

function groupsOf(text: string): readonly number[] | null {
  if (!text.includes(":")) return null;
  const [front = "", back] = text.split("::", 2);
  const read = (part: string): number[] => (part === "" ? [] : part.split(":").map((g) => Number.parseInt(g, 16)));
  const [head, tail] = [read(front), back === undefined ? [] : read(back)];
  const groups = [...head, ...new Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
  return groups.length === 8 && groups.every((g) => g >= 0 && g <= 0xffff) ? groups : null;
}
