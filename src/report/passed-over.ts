import type { RunResult } from "../experiment/result.ts";

/**
 * Directives that the simulation passed over, once each however many variants share the file:
 * "SSLEngine (httpd.conf:12) affects nothing that is simulated".
 */
export function passedOverList(result: RunResult): readonly string[] {
  const seen = new Set<string>();
  for (const variant of result.variants) {
    for (const { kind, directive, file, line } of variant.passedOver) {
      const meaning = kind === "ignored" ? "has no effect on balancing" : "may matter and is not modelled";
      seen.add(`${directive} (${file}:${line}) ${meaning}`);
    }
  }
  return [...seen];
}
