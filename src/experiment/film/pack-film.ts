import type { FilmHeader } from "./film-columns.ts";
import { gzipText } from "./gzip-text.ts";

/** A film as text: gzip of the header's length, the header and the columns, in base64. */
export function packFilm(header: FilmHeader, parts: readonly Uint8Array[]): string {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const size = parts.reduce((sum, { length }) => sum + length, 4 + head.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return gzipText(bytes);
}
