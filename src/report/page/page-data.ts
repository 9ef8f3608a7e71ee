import type { FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import { Film } from "../../experiment/film/film-reader.ts";
import { fromPrintable } from "../printable-bytes.ts";

/** What the page carries beside what it shows. */
export interface PageFacts {
  readonly seed: number;
  readonly warmUpUs: number;
  readonly variants: readonly (Omit<FilmedVariant, "film"> & {
    /** The variant whose film tells the times of this one's. */
    readonly filmAfter: number | null;
  })[];
}

export function pageFacts(): PageFacts {
  return JSON.parse(document.querySelector("#facts")?.textContent ?? "{}") as PageFacts;
}

/** The bytes that an element holds as gzip in printable characters; null when there is no such element. */
export async function unpacked(id: string): Promise<Uint8Array | null> {
  const text = document.getElementById(id)?.textContent;
  if (text === undefined || text === null) return null;
  const stream = new Blob([fromPrintable(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** `unpacked` as a text. */
export async function unpackedText(id: string): Promise<string | null> {
  const bytes = await unpacked(id);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** The films of all variants that have one. */
export async function unpackedFilms({ variants }: PageFacts): Promise<readonly FilmedVariant[]> {
  const bytes = await Promise.all(variants.map((_, v) => unpacked(`film-${v}`)));
  const films: (Film | undefined)[] = [];
  for (const [v, { name, filmAfter }] of variants.entries()) {
    const film = bytes[v];
    // Each is told after one that stands before it.
    if (film) films[v] = new Film(film, name, filmAfter === null ? undefined : films[filmAfter]);
  }
  return variants.flatMap(({ name, members }, v) => {
    const film = films[v];
    return film === undefined ? [] : [{ name, members, film }];
  });
}
