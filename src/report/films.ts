import type { FilmedVariant } from "../experiment/film/explain-from-films.ts";
import { Film } from "../experiment/film/film-reader.ts";
import { gunzipText } from "../experiment/film/gzip-text.ts";
import type { RunResult } from "../experiment/result.ts";

/**
 * The films of a result, unpacked; none when the run was not filmed.
 *
 * @throws RangeError when a film is cut off or of another version.
 */
export function filmsOf(result: RunResult): readonly FilmedVariant[] {
  return result.variants.flatMap(({ name, members, film }) =>
    film === undefined ? [] : [{ name, members, film: filmOf(film, name) }],
  );
}

/** @throws RangeError when the film is cut off or of another version. */
export function filmOf(packed: string, variant: string): Film {
  try {
    return new Film(gunzipText(packed), variant);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(`the film of ${variant} can't be read: ${reason}`);
  }
}
