/** Counts of neighbouring pairs of character classes: letters, digits, and everything else with the word's ends. */
function fingerprint(word: string): Map<number, number> {
  const pairs = new Map<number, number>();
  let from = 28;
  for (const c of `${word.toLowerCase()}\0`) {
    const to = c >= "a" && c <= "z" ? c.charCodeAt(0) - 96 : c >= "0" && c <= "9" ? 27 : 28;
    const pair = from * 32 + to;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    from = to;
  }
  return pairs;
}

function distance(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [pair, count] of a) {
    const d = count - (b.get(pair) ?? 0);
    sum += d * d;
  }
  for (const [pair, count] of b) if (!a.has(pair)) sum += count * count;
  return sum;
}

/**
 * The word that HAProxy suggests for a mistyped one, or null: the nearest by letter pairs, unless too far away. Source:
 * HAProxy 2.6.12 src/tools.c (word fingerprints) and cfgparse.c, cfg_find_best_match.
 */
export function similarWord(word: string, known: readonly string[]): string | null {
  const own = fingerprint(word);
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const each of known) {
    const d = distance(own, fingerprint(each));
    if (d < least) {
      least = d;
      best = each;
    }
  }
  if (best === null || least > 2 * word.length || least > 2 * best.length) return null;
  return best;
}
