/** Ties a number to its unit and a mean to its half-width, so that no line breaks between them. */
export function keepTogether(text: string): string {
  return text.replace(/ ± /g, "\u00a0±\u00a0").replace(/(\d) (%|µs|ms|s|min)(?![\p{L}\p{N}])/gu, "$1\u00a0$2");
}
