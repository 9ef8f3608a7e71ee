import { ByteWriter } from "./byte-columns.ts";
import { FILM_COLUMNS, LOW_BYTE } from "./film-columns.ts";
import type { Film } from "./film-reader.ts";
import { Foresight, forEachInstant } from "./foresight.ts";
import { filmBytes, unpackFilm } from "./pack-film.ts";

/** A film whose times are told from those of another, which is shorter. */
export interface Foretold {
  readonly bytes: Uint8Array;
  /** Instants that came as the other film foresaw. */
  readonly foreseen: number;
}

/**
 * Tells the times of a film from those of another; all else stays as it is. `new Film(bytes, variant, reference)` reads it.
 *
 * @param bytes of `film`, which tells its times itself
 */
export function foretold(bytes: Uint8Array, film: Film, reference: Film): Foretold {
  const { header, parts } = unpackFilm(bytes);
  const { starts, ends, cast, instants } = film.story;
  const foresight = new Foresight(reference);
  const expectedUs = new Map<number, number>();
  forEachInstant(starts, ends, (instant, started, ended) => {
    const expected = foresight.expected(cast.players, started, ended);
    if (expected !== null) expectedUs.set(instant, expected);
    foresight.happened(cast.players, started, ended, instants.timeUs[instant] as number);
  });
  const [low, high] = [new ByteWriter(), new ByteWriter()];
  let [lastUs, foreseen] = [0, 0];
  for (const [instant, nowUs] of instants.timeUs.entries()) {
    const expected = expectedUs.get(instant);
    const gap = nowUs - lastUs;
    lastUs = nowUs;
    if (expected === nowUs) {
      foreseen++;
      high.put(0);
      continue;
    }
    low.putByte(gap % LOW_BYTE);
    high.put(Math.floor(gap / LOW_BYTE) + (expected === undefined ? 0 : 1));
  }
  const told = [...parts];
  told[FILM_COLUMNS.indexOf("gapLow")] = low.take();
  told[FILM_COLUMNS.indexOf("gapHigh")] = high.take();
  const lengths = told.map(({ length }) => length);
  return { bytes: filmBytes({ ...header, foreseen: true, lengths }, told), foreseen };
}
