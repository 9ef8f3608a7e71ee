import type { StateKind } from "../theme.ts";

/**
 * Words of status pages, the gravest first: "Init Drn Err" is failed before it is draining. HAProxy's DOWN is a failed
 * check, nginx's down an administrator's word; HAProxy's NOLB serves its own sessions alone, as one that drains.
 */
const KINDS: readonly (readonly [StateKind, RegExp])[] = [
  ["failed", /\b(err|hcfl|failed|unhealthy|unavail|unavailable|ejected)\b|\bDOWN\b/],
  ["off", /\b(stop|dis|maint|shut|disabled|removed|down)\b/],
  ["draining", /\b(drn|drain|draining|nolb)\b/],
  ["full", /\bfull\b/],
  ["standby", /\b(stby|spar|backup|standby)\b/],
  ["usable", /\b(ok|up|healthy|init|ign|free|gen|no check)\b/],
];

/** What a status word of any family means for the one question of the chart: does the member get requests? */
export function stateKind(state: string): StateKind {
  const letters = state.replace(/[^A-Za-z]+/g, " ");
  const words = letters.replace(/\b(?!DOWN\b)\w+/g, (word) => word.toLowerCase());
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
}

/** The letter for a band that is too narrow for the word: that of the last word, "Init Err" is E, "UP 2/3" is U. */
export function stateLetter(state: string): string {
  const last = state.split(/\s+/).findLast((word) => /^[A-Za-z]/.test(word)) ?? state.trim();
  return last.slice(0, 1).toUpperCase();
}
