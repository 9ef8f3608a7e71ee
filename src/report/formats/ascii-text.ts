const PLAIN_WORDS: Readonly<Record<string, string>> = {
  "±": "+/-",
  "−": "-",
  "–": "-",
  "·": "-",
  "…": "...",
  "→": "->",
  "▲": "^",
  µ: "u",
  "×": "x",
  "\u00a0": " ",
};

/** The program's own signs in letters that every terminal has; names stay as they are. */
export function asciiText(text: string): string {
  return text.replace(/[±−–·…→▲µ×\u00a0]/g, (sign) => PLAIN_WORDS[sign] ?? sign);
}
