import { utf8Bytes } from "../shared/utf8-bytes.ts";
import { xxh64 } from "../shared/xxh64.ts";
import { ipv4Number, ipv6Groups } from "./ip-address.ts";

/**
 * Cookie value of a server with `cookie … dynamic`: XXH64 over the key, the address and the port as four bytes
 * (src/server.c, srv_set_dyncookie, 2.6.12; spec/haproxy.md 6). Null when the address is a name.
 */
export function dynamicCookie(key: string, host: string, port: number): string | null {
  const address = addressBytes(host);
  if (address === null) return null;
  const bytes = Uint8Array.from([...utf8Bytes(key), ...address, 0, 0, (port >> 8) & 255, port & 255]);
  return xxh64(bytes, 0n).toString(16).padStart(16, "0");
}

function addressBytes(host: string): readonly number[] | null {
  const v4 = ipv4Number(host === "localhost" ? "127.0.0.1" : host);
  if (v4 !== null) return [24, 16, 8, 0].map((shift) => (v4 >>> shift) & 255);
  return ipv6Groups(host.replace(/^\[|\]$/g, ""))?.flatMap((group) => [group >> 8, group & 255]) ?? null;
}
