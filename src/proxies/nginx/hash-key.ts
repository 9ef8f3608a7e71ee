import { CRC32_START, crc32, crc32Byte, crc32Finish, crc32Text } from "../shared/crc32.ts";
import { octetsOf } from "./client-address.ts";
import type { Template } from "./config/template.ts";
import type { Exchange } from "./exchange.ts";
import type { Variables } from "./variables.ts";

/** Before the key whose text is an address that nginx hashes as its 4 or 16 bytes. */
const BINARY = "\u0000";

/** Key of `hash`: the text, or the address behind BINARY where it is $binary_remote_addr alone. */
export function hashKey(variables: Variables, template: Template, exchange: Exchange): string {
  const [only] = template.parts;
  const isBinary = template.parts.length === 1 && only?.kind === "variable" && only.name === "binary_remote_addr";
  return isBinary ? `${BINARY}${exchange.remote}` : variables.expand(template, exchange);
}

/** The key as people read it. */
export function shownKey(key: string): string {
  return key.startsWith(BINARY) ? key.slice(1) : key;
}

/** CRC-32 of the key's bytes behind a prefix (ngx_http_upstream_hash_module.c; $binary_remote_addr: ngx_http_variable_binary_remote_addr). */
export function keyCrc(prefix: string, key: string): number {
  if (!key.startsWith(BINARY)) return crc32(`${prefix}${key}`);
  return crc32Finish(octetsOf(key.slice(1)).reduce(crc32Byte, crc32Text(CRC32_START, prefix)));
}
