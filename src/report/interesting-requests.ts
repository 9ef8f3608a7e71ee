import type { ExplainedRequest } from "../experiment/explain.ts";
import type { Film } from "../experiment/film/film-reader.ts";

/** A request that a reader of the report may want explained, and why. */
export interface InterestingRequest {
  readonly rank: number;
  readonly why: string;
}

/** One request for each question that a run leaves: the first that failed, that failed over, that lost its session; the slowest; the first of all. */
export function interestingRequests(film: Film): readonly InterestingRequest[] {
  const requests = film.ranks.map((rank) => film.request(rank) as ExplainedRequest);
  const slowest = requests.reduce<ExplainedRequest | undefined>(
    (slow, each) => (slow === undefined || tookUs(each) > tookUs(slow) ? each : slow),
    undefined,
  );
  const candidates: readonly (readonly [string, ExplainedRequest | undefined])[] = [
    ["the first that failed", requests.find(({ outcome }) => outcome !== null && outcome !== "good")],
    ["the first that failed over", requests.find(({ attempts }) => attempts.length > 1)],
    ["the first that lost its session", requests.find(({ loss }) => loss !== null)],
    ["the slowest", slowest],
    ["the first of all", requests[0]],
  ];
  return candidates.flatMap(([why, request]) => (request === undefined ? [] : [{ rank: request.request, why }]));
}

function tookUs({ startUs, endUs }: ExplainedRequest): number {
  return endUs === null ? -1 : endUs - startUs;
}
