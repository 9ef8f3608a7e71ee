import type { Film } from "../../experiment/film/film-reader.ts";
import { foretold } from "../../experiment/film/foretold.ts";
import { gunzipText } from "../../experiment/film/gzip-text.ts";
import type { RunResult } from "../../experiment/result.ts";
import { filmOf } from "../films.ts";

/** A film as the page carries it. */
export interface EmbeddedFilm {
  /** Index of the variant. */
  readonly variant: number;
  /** The variant whose film tells its times; null when it tells them itself. */
  readonly after: number | null;
  readonly bytes: Uint8Array;
}

/**
 * The films of a result for its page. Variants have their random numbers in common, so most times of one follow from those
 * of another: each is told after the first film or the one before it, whichever foresees more.
 */
export function embeddedFilms({ variants }: RunResult): readonly EmbeddedFilm[] {
  const earlier: { readonly variant: number; readonly film: Film }[] = [];
  return variants.flatMap(({ name, film: packed }, variant): EmbeddedFilm[] => {
    if (packed === undefined) return [];
    const bytes = gunzipText(packed);
    const film = filmOf(packed, name);
    const told = [...new Set([earlier[0], earlier[earlier.length - 1]])]
      .filter((reference) => reference !== undefined)
      .map((reference) => ({ variant, after: reference.variant, ...foretold(bytes, film, reference.film) }));
    earlier.push({ variant, film });
    const [best] = told.sort((a, b) => b.foreseen - a.foreseen);
    return best === undefined || best.foreseen === 0 ? [{ variant, after: null, bytes }] : [best];
  });
}
