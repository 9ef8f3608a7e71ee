/** Whether an IPv4 address lies in a range ("10.0.0.0/8", "127.0.0.1"); other families only when the texts are equal. */
export function inRange(address: string, range: string): boolean {
  const [base = "", bits] = range.split("/");
  const [a, b] = [ipv4(address), ipv4(base)];
  if (a < 0 || b < 0) return address === base;
  const size = powerOfTwo(32 - (bits === undefined ? 32 : Number(bits)));
  return Math.floor(a / size) === Math.floor(b / size);
}

/** The address as a number, -1 for anything else. */
function ipv4(text: string): number {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part))) return -1;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function powerOfTwo(exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= 2;
  return result;
}
