import { PAGE_STYLE } from "../document/page-style.ts";
import { element, type MarkupElement, rawElement, serialise } from "../markup.ts";

/** Nothing may be loaded from anywhere, and nothing runs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A self-contained page without script in the look of the reports. */
export function plainPage(title: string, body: readonly MarkupElement[]): string {
  const page = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("meta", { name: "color-scheme", content: "light dark" }),
      element("title", {}, title),
      rawElement("style", {}, PAGE_STYLE),
    ),
    element("body", {}, ...body),
  );
  return `<!doctype html>\n${serialise(page)}\n`;
}
