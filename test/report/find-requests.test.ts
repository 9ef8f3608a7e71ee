import { beforeAll, describe, expect, it } from "vitest";
import type { Film } from "../../src/experiment/film/film-reader.ts";
import { filmsOf } from "../../src/report/films.ts";
import { findRequests, requestKinds } from "../../src/report/find-requests.ts";
import { filmedResult } from "./filmed-result.ts";

const ANY = { kind: null, client: null, fromUs: 0 };

describe("the search for requests", () => {
  let film: Film;
  beforeAll(async () => {
    film = filmsOf(await filmedResult())[0]?.film as Film;
  });
  const all = () => film.ranks.map((rank) => film.told(rank));

  it("offers the outcomes that occur, and what else happened", () => {
    const kinds = requestKinds(film);
    expect(kinds).toContain("good");
    expect(kinds).toContain("failed over");
    expect(kinds).not.toContain("truncated");
  });

  it.each(["good", "failed over", "session lost"])("finds every request of the kind %s", (kind) => {
    const { requests, isMore } = findRequests(film, { ...ANY, kind }, 100_000);
    const expected = all().filter((request) => {
      if (kind === "failed over") return (request?.attempts.length ?? 0) > 1;
      return kind === "session lost" ? request?.loss !== null : request?.outcome === kind;
    });
    expect(requests).toEqual(expected);
    expect(isMore).toBe(false);
  });

  it("finds those of a client, from a time on", () => {
    const client = film.told(film.ranks[30] as number)?.identity.client ?? -1;
    const { requests } = findRequests(film, { ...ANY, client, fromUs: 2_000_000 }, 100);
    expect(requests).toEqual(
      all().filter((request) => request?.identity.client === client && request.startUs >= 2_000_000),
    );
  });

  it("lists so many and says that there are more", () => {
    const { requests, isMore } = findRequests(film, ANY, 5);
    expect(requests.map(({ request }) => request)).toEqual(film.ranks.slice(0, 5));
    expect(isMore).toBe(true);
  });
});
