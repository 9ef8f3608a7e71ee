import { crc32Of } from "../shared/crc32.ts";
import { djb2 } from "../shared/djb2.ts";
import { fullHash } from "../shared/full-hash.ts";
import { sdbm } from "../shared/sdbm.ts";
import { utf8Bytes } from "../shared/utf8-bytes.ts";
import { wt6 } from "../shared/wt6.ts";
import type { Backend } from "./backend.ts";
import type { HashTypeConfig } from "./config/haproxy-config.ts";
import { addressHash } from "./ip-address.ts";
import { type ProxyFigures, requestLines, sampleValue } from "./samples/fetch.ts";
import { sampleBytes } from "./samples/sample-value.ts";
import { urlParameter } from "./samples/url-parts.ts";
import type { Stream } from "./stream.ts";

/** What `balance` makes of a request: its hash, or null when it has nothing to hash (src/backend.c; spec/haproxy.md 3.5). */
export function hashOf(backend: Backend, stream: Stream, figures: ProxyFigures): number | null {
  const { balance, hashType } = backend.config;
  const single = backend.usable === 1;
  const text = (value: string | null): number | null =>
    value === null ? null : single ? 0 : hashBytes(utf8Bytes(value), hashType);
  switch (balance.method) {
    case "source": {
      const address = addressHash(stream.source);
      return address === null ? null : single ? 0 : mix(address, hashType);
    }
    case "uri":
      return text(uriPart(stream.target.text, balance));
    case "url_param":
      return text(urlParameter(stream.target.text, balance.parameter));
    case "hdr": {
      const value = (requestLines(stream, balance.header)[0] ?? "").split(",")[0]?.trim() ?? "";
      return text(value === "" ? null : balance.domainOnly ? domainOf(value) : value);
    }
    case "hash": {
      const value = sampleValue(balance.sample, stream, figures);
      return value === null ? null : single ? 0 : hashBytes(sampleBytes(value), hashType);
    }
    default:
      return null;
  }
}

/** The label before the last dot, all when there is no dot. */
function domainOf(host: string): string {
  const end = host.lastIndexOf(".");
  return end < 0 ? host : host.slice(host.lastIndexOf(".", end - 1) + 1, end);
}

function uriPart(
  target: string,
  {
    length,
    depth,
    whole,
    pathOnly,
  }: { readonly length: number; readonly depth: number; readonly whole: boolean; readonly pathOnly: boolean },
): string {
  let uri = pathOnly ? target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "") : target;
  if (length > 0) uri = uri.slice(0, length);
  let slashes = 0;
  for (let i = 0; i < uri.length; i++) {
    const char = uri[i];
    if (char === "/" && ++slashes > depth && depth > 0) return uri.slice(0, i);
    if (char === "?" && !whole) return uri.slice(0, i);
  }
  return uri;
}

function hashBytes(bytes: Uint8Array, hashType: HashTypeConfig): number {
  return mix(FUNCTIONS[hashType.function](bytes), hashType);
}

function mix(hash: number, { avalanche }: HashTypeConfig): number {
  return avalanche ? fullHash(hash) : hash;
}

const FUNCTIONS: Readonly<Record<HashTypeConfig["function"], (bytes: Uint8Array) => number>> = {
  sdbm,
  djb2,
  wt6,
  crc32: crc32Of,
};
