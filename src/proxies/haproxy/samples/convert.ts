import { crc32 } from "../../shared/crc32.ts";
import { djb2 } from "../../shared/djb2.ts";
import { fullHash } from "../../shared/full-hash.ts";
import { sdbm } from "../../shared/sdbm.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import { wt6 } from "../../shared/wt6.ts";
import type { ConverterCall } from "../config/sample-expression.ts";
import { ipv4Number } from "../ip-address.ts";
import { replacedText } from "./pattern.ts";
import { type SampleValue, sampleNumber, sampleText } from "./sample-value.ts";

type Converter = (value: Exclude<SampleValue, null>, args: readonly string[]) => SampleValue;

/** One converter (manual 7.3.1, HAProxy 2.6); those that no balancing needs pass the value on as it is. */
export function convert(value: SampleValue, { name, args }: ConverterCall): SampleValue {
  return value === null ? null : (CONVERTERS[name]?.(value, args) ?? (name in CONVERTERS ? null : value));
}

const CONVERTERS: Readonly<Record<string, Converter>> = {
  lower: (value) => sampleText(value).toLowerCase(),
  upper: (value) => sampleText(value).toUpperCase(),
  length: (value) => sampleText(value).length,
  ltrim: (value, [set = ""]) => trimmed(sampleText(value), set, true),
  rtrim: (value, [set = ""]) => trimmed(sampleText(value), set, false),
  bytes: (value, [from = "0", length]) => {
    const at = Number(from);
    return sampleText(value).slice(at, length === undefined ? undefined : at + Number(length));
  },
  field: (value, [index = "1", delimiters = "", count]) => pieces(sampleText(value), index, delimiters, count, false),
  word: (value, [index = "1", delimiters = "", count]) => pieces(sampleText(value), index, delimiters, count, true),
  host_only: (value) => sampleText(value).replace(/:\d+$/, ""),
  port_only: (value) => Number(/:(\d+)$/.exec(sampleText(value))?.[1] ?? 0),
  concat: (value, [start = ""]) => sampleText(value) + start,
  regsub: (value, [expression = "", by = "", flags = ""]) =>
    replacedText(sampleText(value), expression, flags.replace(/[^gi]/g, ""), by),
  iif: (value, [yes = "", no = ""]) => (isTrue(value) ? yes : no),
  bool: (value) => isTrue(value),
  not: (value) => !isTrue(value),
  even: (value) => (sampleNumber(value) ?? 0) % 2 === 0,
  odd: (value) => (sampleNumber(value) ?? 0) % 2 !== 0,
  neg: (value) => -(sampleNumber(value) ?? 0),
  add: (value, [by]) => numbers(value, by, (a, b) => a + b),
  sub: (value, [by]) => numbers(value, by, (a, b) => a - b),
  mul: (value, [by]) => numbers(value, by, (a, b) => a * b),
  div: (value, [by]) => numbers(value, by, (a, b) => (b === 0 ? a : Math.trunc(a / b))),
  mod: (value, [by]) => numbers(value, by, (a, b) => (b === 0 ? a : a % b)),
  ipmask: (value, [mask = "32"]) => masked(sampleText(value), mask),
  crc32: (value, [avalanche]) => mixed(crc32(sampleText(value)), avalanche),
  sdbm: (value, [avalanche]) => mixed(sdbm(utf8Bytes(sampleText(value))), avalanche),
  djb2: (value, [avalanche]) => mixed(djb2(utf8Bytes(sampleText(value))), avalanche),
  wt6: (value, [avalanche]) => mixed(wt6(utf8Bytes(sampleText(value))), avalanche),
};

function isTrue(value: SampleValue): boolean {
  return (sampleNumber(value) ?? 0) !== 0;
}

function mixed(hash: number, avalanche: string | undefined): number {
  return avalanche === "1" ? fullHash(hash) : hash;
}

function numbers(value: SampleValue, by: string | undefined, join: (a: number, b: number) => number): SampleValue {
  const [a, b] = [sampleNumber(value), sampleNumber(by ?? "0")];
  return a === null || b === null ? null : join(a, b);
}

function trimmed(text: string, set: string, left: boolean): string {
  let [from, to] = [0, text.length];
  while (left && from < to && set.includes(text[from] as string)) from++;
  while (!left && to > from && set.includes(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

/** `word` skips empty pieces, `field` counts them; a negative index counts from the end. */
function pieces(
  text: string,
  index: string,
  delimiters: string,
  count: string | undefined,
  skipsEmpty: boolean,
): SampleValue {
  const all: string[] = [""];
  for (const char of text)
    if (delimiters.includes(char)) all.push("");
    else all[all.length - 1] += char;
  const list = skipsEmpty ? all.filter((piece) => piece !== "") : all;
  const wanted = Number(index);
  const at = wanted > 0 ? wanted - 1 : list.length + wanted;
  const many = count === undefined ? 1 : Number(count);
  const found = many === 0 ? list.slice(at) : list.slice(at, at + many);
  return found.length === 0 ? (skipsEmpty ? null : "") : found.join(delimiters[0] ?? "");
}

function masked(address: string, mask: string): SampleValue {
  const number = ipv4Number(address);
  if (number === null) return address;
  const bits = mask.includes(".") ? (ipv4Number(mask) ?? 0) : maskOf(Number(mask));
  const result = (number & bits) >>> 0;
  return [24, 16, 8, 0].map((shift) => (result >>> shift) & 255).join(".");
}

function maskOf(length: number): number {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}
