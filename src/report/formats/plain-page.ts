import { pageShell } from "../document/page-shell.ts";
import type { MarkupElement } from "../markup.ts";

/** Nothing may be loaded from anywhere, and nothing runs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A page without script. */
export function plainPage(title: string, body: readonly MarkupElement[]): string {
  return pageShell(title, CONTENT_SECURITY_POLICY, body);
}
