import type { StateKind } from "../theme.ts";

/** Words of status pages, the gravest first: "Init Drn Err" is failed before it is draining. */
const KINDS: readonly (readonly [StateKind, RegExp])[] = [
  ["failed", /\b(err|hcfl|down|failed|unhealthy|unavail|ejected|nolb)\b/],
  ["off", /\b(stop|dis|maint|shut|disabled|removed)\b/],
  ["draining", /\b(drn|drain|draining)\b/],
  ["standby", /\b(stby|spar|backup|standby)\b/],
  ["usable", /\b(ok|up|healthy|init|ign|free|gen|no check)\b/],
];

/** What a status word of any family means for the one question of the chart: does the member get requests? */
export function stateKind(state: string): StateKind {
  const words = state.toLowerCase().replace(/[^a-z]+/g, " ");
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
}

/** The letter for a band that is too narrow for the word: that of the last word, "Init Err" is E. */
export function stateLetter(state: string): string {
  const last = state.trim().split(/\s+/).at(-1) ?? "";
  return last.slice(0, 1).toUpperCase();
}
