import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import { ipv4Number, ipv6Groups } from "../ip-address.ts";

/** An IPv4 or IPv6 address: cast to a number or to bytes it is not the text that it is written as. */
export class Address {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The value of a sample: text, number, truth, address or bytes; null = there is none. */
export type SampleValue = string | number | boolean | Address | Uint8Array | null;

/** As text, the way samples are cast for strings (src/sample.c, 2.6.12): bytes up to the first that is zero. */
export function sampleText(value: SampleValue): string {
  if (value === null) return "";
  if (value instanceof Address) return value.text;
  if (value instanceof Uint8Array) return textOfBytes(value);
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** As a number: a text's leading digits or 0, an empty text has none (c_str2int); an IPv4 address is one of 32 bits. */
export function sampleNumber(value: SampleValue): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Address) return ipv4Number(value.text);
  if (value === null || value === "" || value instanceof Uint8Array) return null;
  return Number(/^[+-]?\d+/.exec(value)?.[0] ?? 0);
}

/** As bytes: numbers and truths are eight of them, the highest first (c_int2bin), addresses four or sixteen. */
export function sampleBytes(value: SampleValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "number" || typeof value === "boolean") return bytesOfNumber(Number(value));
  if (value instanceof Address) return addressBytes(value.text);
  return utf8Bytes(value ?? "");
}

/** As an address: texts that are one, numbers as IPv4 (c_str2addr, c_int2ip). */
export function sampleAddress(value: SampleValue): Address | null {
  if (value instanceof Address) return value;
  if (typeof value === "number") return new Address(dotted(value >>> 0));
  if (typeof value !== "string") return null;
  return ipv4Number(value) === null && ipv6Groups(value) === null ? null : new Address(value);
}

/** A 32-bit number as IPv4 address. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

function textOfBytes(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
}

export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

function bytesOfNumber(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(Math.trunc(value)));
  return bytes;
}

function addressBytes(text: string): Uint8Array {
  const v4 = ipv4Number(text);
  if (v4 !== null) return Uint8Array.of(v4 >>> 24, v4 >>> 16, v4 >>> 8, v4);
  const groups = ipv6Groups(text) ?? [];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 255]));
}
