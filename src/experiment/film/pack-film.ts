import { FILM_VERSION, type FilmHeader } from "./film-columns.ts";
import { gzipText } from "./gzip-text.ts";

/** A film as text: gzip of its bytes, in base64. */
export function packFilm(header: FilmHeader, parts: readonly Uint8Array[]): string {
  return gzipText(filmBytes(header, parts));
}

/** A film as bytes: the header's length, the header and the columns. */
export function filmBytes(header: FilmHeader, parts: readonly Uint8Array[]): Uint8Array {
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
  return bytes;
}

/**
 * What `filmBytes` put together.
 *
 * @throws RangeError when the film is cut off or of another version.
 */
export function unpackFilm(bytes: Uint8Array): { readonly header: FilmHeader; readonly parts: readonly Uint8Array[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.getUint32(0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as FilmHeader;
  if (header.version !== FILM_VERSION)
    throw new RangeError(`it is of version ${header.version}; this lbsim reads version ${FILM_VERSION}`);
  let at = 4 + headLength;
  const parts = header.lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  return { header, parts };
}
