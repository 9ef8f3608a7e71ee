/**
 * Status flags of a member as bits of one integer (spec/apache.md 9; httpd: PROXY_WORKER_* of mod_proxy.h). The names
 * are the letters of the `status=` parameter.
 */
export const Flag = {
  /** Initialised; without it a member is never used. */
  O: 1,
  /** Errors are ignored. */
  I: 2,
  /** Draining: only its own sessions. */
  N: 4,
  /** Generic worker (internal). */
  G: 8,
  /** In shutdown. */
  U: 16,
  /** Disabled. */
  D: 32,
  /** Stopped. */
  S: 64,
  /** In error. */
  E: 128,
  /** Hot standby. */
  H: 256,
  /** Hot spare. */
  R: 512,
  /** Free slot (internal). */
  F: 1024,
  /** Health check failed. */
  C: 2048,
} as const;

const UNUSABLE = Flag.U | Flag.D | Flag.S | Flag.E | Flag.C;

/** Words of the manager in the order in which it prints them. */
const WORDS: readonly (readonly [flag: number, word: string])[] = [
  [Flag.O, "Init"],
  [Flag.I, "Ign"],
  [Flag.N, "Drn"],
  [Flag.G, "Gen"],
  [Flag.U, "Shut"],
  [Flag.D, "Dis"],
  [Flag.S, "Stop"],
  [Flag.E, "Err"],
  [Flag.H, "Stby"],
  [Flag.R, "Spar"],
  [Flag.F, "Free"],
  [Flag.C, "HcFl"],
];

/** Initialised and nothing against it. Draining, standby, spare and "ignore errors" don't make a member unusable. */
export function isUsableStatus(status: number): boolean {
  return (status & (Flag.O | UNUSABLE)) === Flag.O;
}

/** Usable, and neither draining nor kept in reserve: the walk passes such a member straight to the method. */
export function isOrdinaryStatus(status: number): boolean {
  return (status & (Flag.O | UNUSABLE | Flag.N | Flag.H | Flag.R)) === Flag.O;
}

/** The Status column of the balancer-manager: "Init Ok", "Init Dis Err". */
export function statusText(status: number): string {
  let text = "";
  for (const [flag, word] of WORDS) if ((status & flag) !== 0) text += `${word} `;
  if (isUsableStatus(status)) text += "Ok ";
  return text.trimEnd();
}

/** The same without "Init": "Ok", "Err", "Drn Ok". */
export function stateWord(status: number): string {
  const text = statusText(status);
  return text.startsWith("Init ") ? text.slice(5) : text;
}

/** Flag of a status letter (any case), or 0 when there is none. */
export function flagOfLetter(letter: string): number {
  return (Flag as Readonly<Record<string, number>>)[letter.toUpperCase()] ?? 0;
}

/** Flags of a set of letters, with O added. */
export function statusOfLetters(letters: string): number {
  let status: number = Flag.O;
  for (const letter of letters) status |= flagOfLetter(letter);
  return status;
}
