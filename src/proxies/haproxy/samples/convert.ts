import { crc32Of } from "../../shared/crc32.ts";
import { djb2 } from "../../shared/djb2.ts";
import { fullHash } from "../../shared/full-hash.ts";
import { sdbm } from "../../shared/sdbm.ts";
import { wt6 } from "../../shared/wt6.ts";
import type { ConverterCall } from "../config/sample-expression.ts";
import { ipv4Number } from "../ip-address.ts";
import { replacedText } from "./pattern.ts";
import { fieldOf, wordOf } from "./pieces.ts";
import {
  Address,
  dotted,
  hexadecimal,
  type SampleValue,
  sampleAddress,
  sampleBytes,
  sampleNumber,
  sampleText,
} from "./sample-value.ts";

type Args = readonly string[];

/**
 * One converter (manual 7.3.1; src/sample.c and src/http_conv.c, HAProxy 2.6.12): the value is cast to the type that the
 * converter takes, and is lost where that can't be. Those that no balancing needs pass the value on as it is.
 */
export function convert(value: SampleValue, { name, args }: ConverterCall): SampleValue {
  if (value === null) return null;
  const texts = OF_TEXT[name];
  if (texts !== undefined) return texts(sampleText(value), args);
  const bytes = OF_BYTES[name];
  if (bytes !== undefined) return bytes(sampleBytes(value), args);
  const numbers = OF_NUMBER[name];
  if (numbers !== undefined) {
    const number = sampleNumber(value);
    return number === null ? null : numbers(number, args);
  }
  if (name === "ipmask") return masked(sampleAddress(value), args);
  return value;
}

/** Whether a converter is carried out; any other passes the value on. */
export function isCarriedOut(name: string): boolean {
  return name in OF_TEXT || name in OF_BYTES || name in OF_NUMBER || name === "ipmask";
}

const OF_TEXT: Readonly<Record<string, (text: string, args: Args) => SampleValue>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  length: (text) => text.length,
  ltrim: (text, [set = ""]) => trimmed(text, set, true),
  rtrim: (text, [set = ""]) => trimmed(text, set, false),
  field: (text, [index = "1", delimiters = "", count = "1"]) => fieldOf(text, Number(index), delimiters, Number(count)),
  word: (text, [index = "1", delimiters = "", count = "1"]) => wordOf(text, Number(index), delimiters, Number(count)),
  host_only: (text) => text.replace(/:\d*$/, ""),
  port_only: (text) => Number(/:(\d+)$/.exec(text)?.[1] ?? 0),
  concat: (text, [start = ""]) => text + start,
  regsub: (text, [expression = "", by = "", flags = ""]) =>
    replacedText(text, expression, flags.replace(/[^gi]/g, ""), by),
  url_dec: (text, [inForm = "0"]) => decoded(text, Number(inForm) !== 0),
  hex2i: (text) => Number.parseInt(text, 16) || 0,
  language: (text, [wanted = "", otherwise = ""]) => preferredLanguage(text, wanted.split(";"), otherwise),
};

const OF_BYTES: Readonly<Record<string, (bytes: Uint8Array, args: Args) => SampleValue>> = {
  bytes: (bytes, [from = "0", length]) => {
    const at = Number(from);
    return bytes.slice(at, length === undefined ? undefined : at + Number(length));
  },
  hex: (bytes) => hexadecimal(bytes),
  base64: (bytes) => base64(bytes),
  crc32: (bytes, [avalanche]) => mixed(crc32Of(bytes), avalanche),
  sdbm: (bytes, [avalanche]) => mixed(sdbm(bytes), avalanche),
  djb2: (bytes, [avalanche]) => mixed(djb2(bytes), avalanche),
  wt6: (bytes, [avalanche]) => mixed(wt6(bytes), avalanche),
};

const OF_NUMBER: Readonly<Record<string, (number: number, args: Args) => SampleValue>> = {
  iif: (number, [yes = "", no = ""]) => (number !== 0 ? yes : no),
  bool: (number) => number !== 0,
  not: (number) => number === 0,
  even: (number) => number % 2 === 0,
  odd: (number) => number % 2 !== 0,
  neg: (number) => -number,
  cpl: (number) => -number - 1,
  add: (number, [by = "0"]) => number + Number(by),
  sub: (number, [by = "0"]) => number - Number(by),
  mul: (number, [by = "0"]) => number * Number(by),
  // Division by zero gives the greatest number.
  div: (number, [by = "0"]) => (Number(by) === 0 ? Number.MAX_SAFE_INTEGER : Math.trunc(number / Number(by))),
  mod: (number, [by = "0"]) => (Number(by) === 0 ? 0 : number % Number(by)),
  and: (number, [by = "0"]) => Number(BigInt.asIntN(64, BigInt(number) & BigInt(by))),
  or: (number, [by = "0"]) => Number(BigInt.asIntN(64, BigInt(number) | BigInt(by))),
  xor: (number, [by = "0"]) => Number(BigInt.asIntN(64, BigInt(number) ^ BigInt(by))),
};

function mixed(hash: number, avalanche: string | undefined): number {
  return avalanche === "1" ? fullHash(hash) : hash;
}

function trimmed(text: string, set: string, left: boolean): string {
  let [from, to] = [0, text.length];
  while (left && from < to && set.includes(text[from] as string)) from++;
  while (!left && to > from && set.includes(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

/** Percent codes of an URL; in a form, and behind the question mark, a plus sign is a blank (src/http.c, url_decode). */
function decoded(text: string, isForm: boolean): string | null {
  let inForm = isForm;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === "%") {
      const code = text.slice(i + 1, i + 3);
      if (!/^[0-9a-f]{2}$/i.test(code)) return null;
      bytes.push(Number.parseInt(code, 16));
      i += 2;
    } else if (char === "?") {
      inForm = true;
      bytes.push(63);
    } else if (char === "+" && inForm) bytes.push(32);
    else bytes.push(...encoder.encode(char));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET[bits >>> 18];
    text += ALPHABET[(bits >>> 12) & 63];
    text += b === undefined ? "=" : ALPHABET[(bits >>> 6) & 63];
    text += c === undefined ? "=" : ALPHABET[bits & 63];
  }
  return text;
}

/** The language of the list that the client likes best; a range `en` takes `en-US` too (RFC 2616 14.4). */
function preferredLanguage(accepted: string, wanted: readonly string[], otherwise: string): string | null {
  let best = otherwise;
  let bestQuality = 0;
  for (const entry of accepted.split(",")) {
    const [range = "", ...parameters] = entry.split(";").map((part) => part.trim());
    const found = wanted.find((tag) => {
      const [asked, offered] = [range.toLowerCase(), tag.toLowerCase()];
      return asked === "*" || offered === asked || offered.startsWith(`${asked}-`);
    });
    const q = /^q\s*=\s*([\d.]+)$/.exec(parameters[0] ?? "")?.[1];
    const quality = q === undefined ? 1 : Number(q);
    if (found === undefined || range === "" || quality <= bestQuality) continue;
    best = found;
    bestQuality = quality;
    if (quality >= 1) break;
  }
  return best === "" ? null : best;
}

function masked(address: Address | null, [mask = "32", mask6]: Args): SampleValue {
  if (address === null) return null;
  const number = ipv4Number(address.text);
  if (number === null) return mask6 === undefined ? null : address;
  const bits = mask.includes(".") ? (ipv4Number(mask) ?? 0) : maskOf(Number(mask));
  return new Address(dotted((number & bits) >>> 0));
}

function maskOf(length: number): number {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}
