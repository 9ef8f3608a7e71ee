import type { Film, FilmRequest } from "../experiment/film/film-reader.ts";

/** What a reader looks for; null = any. */
export interface Wanted {
  /** A word of `requestKinds`. */
  readonly kind: string | null;
  readonly client: number | null;
  /** From this time of the run on. */
  readonly fromUs: number;
}

/** Requests that were found, in the order in which they started. */
export interface Found {
  readonly requests: readonly FilmRequest[];
  /** More were found than are listed. */
  readonly isMore: boolean;
}

const FAILED_OVER = "failed over";
const SESSION_LOST = "session lost";
const NOT_ENDED = "not ended";

/** What can be asked for: the outcomes that occur in a film, and what else happened to requests. */
export function requestKinds(film: Film): readonly string[] {
  const kinds = new Set<string>();
  for (const rank of film.ranks) for (const kind of kindsOf(film.told(rank) as FilmRequest)) kinds.add(kind);
  return [...kinds].sort((a, b) => Number(a > b) - Number(a < b));
}

/** The first requests of a film that are as wanted. */
export function findRequests(film: Film, { kind, client, fromUs }: Wanted, most: number): Found {
  const requests: FilmRequest[] = [];
  for (const rank of film.ranks) {
    const request = film.told(rank) as FilmRequest;
    if (request.startUs < fromUs) continue;
    if (client !== null && request.identity.client !== client) continue;
    if (kind !== null && !kindsOf(request).includes(kind)) continue;
    if (requests.length === most) return { requests, isMore: true };
    requests.push(request);
  }
  return { requests, isMore: false };
}

function kindsOf({ outcome, attempts, loss }: FilmRequest): readonly string[] {
  return [
    outcome ?? NOT_ENDED,
    ...(attempts.length > 1 ? [FAILED_OVER] : []),
    ...(loss !== null ? [SESSION_LOST] : []),
  ];
}
