import type { Film, FilmRequest } from "../experiment/film/film-reader.ts";

/** A request that a reader of the report may want explained, and why. */
export interface InterestingRequest {
  readonly rank: number;
  readonly why: string;
}

/** One request for each question that a run leaves: the first that failed, that failed over, that lost its session; the slowest; the first of all. */
export function interestingRequests(film: Film): readonly InterestingRequest[] {
  const firsts: readonly (readonly [string, (request: FilmRequest) => boolean])[] = [
    ["the first that failed", ({ outcome }) => outcome !== null && outcome !== "good"],
    ["the first that failed over", ({ attempts }) => attempts.length > 1],
    ["the first that lost its session", ({ loss }) => loss !== null],
  ];
  const found: (number | undefined)[] = firsts.map(() => undefined);
  let slowest: { readonly rank: number; readonly tookUs: number } | undefined;
  for (const rank of film.ranks) {
    const request = film.told(rank) as FilmRequest;
    for (const [i, [, is]] of firsts.entries()) if (found[i] === undefined && is(request)) found[i] = rank;
    const tookUs = request.endUs === null ? -1 : request.endUs - request.startUs;
    if (tookUs > (slowest?.tookUs ?? -1)) slowest = { rank, tookUs };
  }
  const candidates: readonly (readonly [string, number | undefined])[] = [
    ...firsts.map(([why], i) => [why, found[i]] as const),
    ["the slowest", slowest?.rank],
    ["the first of all", film.ranks[0]],
  ];
  return candidates.flatMap(([why, rank]) => (rank === undefined ? [] : [{ rank, why }]));
}
