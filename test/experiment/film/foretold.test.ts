import { describe, expect, it } from "vitest";
import { Film } from "../../../src/experiment/film/film-reader.ts";
import { filmReplication } from "../../../src/experiment/film/film-replication.ts";
import { foretold } from "../../../src/experiment/film/foretold.ts";
import { gunzipText } from "../../../src/experiment/film/gzip-text.ts";
import { experimentOf } from "../small-experiment.ts";

const { experiment } = experimentOf();
const options = { world: experiment.resolved.world, binUs: 1_000_000, keepRows: true };

function filmed(most: number) {
  return experiment.variants.map((variant) => {
    const bytes = gunzipText(filmReplication(experiment, variant, 0, options, most).film as string);
    return { bytes, film: new Film(bytes, variant.name), name: variant.name };
  });
}

describe.each([
  ["whole films", 100_000],
  ["films of a part of the requests", 200],
])("%s", (_, most) => {
  const [reference, told] = filmed(most);
  if (reference === undefined || told === undefined) throw new Error("two variants are needed");
  const { bytes, foreseen } = foretold(told.bytes, told.film, reference.film);
  const read = new Film(bytes, told.name, reference.film);

  it("one film tells many times of another", () => {
    expect(foreseen).toBeGreaterThan(told.film.instants.timeUs.length / 4);
    expect(bytes.length).toBeLessThan(told.bytes.length);
  });

  it("a film told after another is the same at every instant and for every request", () => {
    expect(read.instants).toEqual(told.film.instants);
    for (const [instant] of told.film.instants.timeUs.entries())
      if (instant % 37 === 0) expect(read.tablesAt(instant)).toEqual(told.film.tablesAt(instant));
    expect(read.ranks).toEqual(told.film.ranks);
    for (const rank of told.film.ranks) expect(read.request(rank)).toEqual(told.film.request(rank));
  });

  it("can't be read without the other", () => {
    expect(() => new Film(bytes, told.name)).toThrow("it tells its times by another film");
  });
});

it("a film told after itself needs no time but those of neither start nor end", () => {
  const [one] = filmed(100_000);
  if (one === undefined) throw new Error("a variant is needed");
  const { film } = one;
  const { foreseen } = foretold(one.bytes, film, film);
  expect(foreseen).toBe(new Set([...film.story.starts, ...film.story.ends.filter((end) => end >= 0)]).size);
});
