import type { FilmedVariant } from "../experiment/film/explain-from-films.ts";
import { Film } from "../experiment/film/film-reader.ts";
import { gunzipText } from "../experiment/film/gzip-text.ts";
import type { RunResult } from "../experiment/result.ts";

/** The films of a result, unpacked; none when the run was not filmed. */
export function filmsOf(result: RunResult): readonly FilmedVariant[] {
  return result.variants.flatMap(({ name, members, film }) =>
    film === undefined ? [] : [{ name, members, film: new Film(gunzipText(film), name) }],
  );
}
