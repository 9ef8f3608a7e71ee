import type { FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import { Film } from "../../experiment/film/film-reader.ts";

/** What the page carries beside what it shows. */
export interface PageFacts {
  readonly seed: number;
  readonly warmUpUs: number;
  readonly variants: readonly Omit<FilmedVariant, "film">[];
}

export function pageFacts(): PageFacts {
  return JSON.parse(document.querySelector("#facts")?.textContent ?? "{}") as PageFacts;
}

/** The bytes that an element holds as gzip in base64; null when there is no such element. */
export async function unpacked(id: string): Promise<Uint8Array | null> {
  const text = document.getElementById(id)?.textContent;
  if (text === undefined || text === null) return null;
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The films of all variants that have one. */
export async function unpackedFilms({ variants }: PageFacts): Promise<readonly FilmedVariant[]> {
  const films = await Promise.all(
    variants.map(async (variant, v) => {
      const bytes = await unpacked(`film-${v}`);
      return bytes === null ? [] : [{ ...variant, film: new Film(bytes, variant.name) }];
    }),
  );
  return films.flat();
}
