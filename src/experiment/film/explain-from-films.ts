import type { Explanation, MemberNames } from "../explain.ts";
import type { Film } from "./film-reader.ts";

/** The film of one variant. */
export interface FilmedVariant {
  readonly name: string;
  readonly members: MemberNames;
  readonly film: Film;
}

/** Why a request went where it went, and the same request in the other variants; null when the film does not keep it. */
export function explainFromFilms(
  variants: readonly FilmedVariant[],
  variant: FilmedVariant,
  rank: number,
  seed: number,
): Explanation | null {
  const request = variant.film.request(rank);
  if (request === null) return null;
  const others = variants
    .filter((other) => other !== variant)
    .map(({ name, members, film }) => {
      const same = film.find(request.identity);
      return { variant: name, members, request: same, isUnknown: same === null && !film.complete };
    });
  return { seed, replication: 0, members: variant.members, request, others };
}
