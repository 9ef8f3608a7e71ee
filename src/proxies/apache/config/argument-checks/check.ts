import type { Call } from "../directives/call.ts";
import { atoi } from "../unit-values.ts";

/** httpd's complaint about the arguments of a directive that lbsim passes over; null when httpd takes them. */
export type ArgumentCheck = (call: Call) => string | null;

/** Checks by directive, lower case. */
export type CheckTable = Readonly<Record<string, ArgumentCheck>>;

export function firstWord(call: Call): string {
  return call.words[0]?.text ?? "";
}

/** One of these words, in any case. */
export function oneOf(words: readonly string[], complaint: string | ((call: Call, word: string) => string)) {
  return (call: Call): string | null => {
    const word = firstWord(call);
    if (words.includes(word.toLowerCase())) return null;
    return typeof complaint === "string" ? complaint : complaint(call, word);
  };
}

/** A number as `atoi` reads it, not below `least`. */
export function atLeast(least: number, complaint: string | ((call: Call, word: string) => string)): ArgumentCheck {
  return (call) => {
    const word = firstWord(call);
    if (atoi(word) >= least) return null;
    return typeof complaint === "string" ? complaint : complaint(call, word);
  };
}

/** The same test for every word; the first complaint counts. */
export function eachWord(test: (word: string, call: Call) => string | null): ArgumentCheck {
  return (call) => {
    for (const { text } of call.words) {
      const complaint = test(text, call);
      if (complaint !== null) return complaint;
    }
    return null;
  };
}

export function always(complaint: string): ArgumentCheck {
  return () => complaint;
}
