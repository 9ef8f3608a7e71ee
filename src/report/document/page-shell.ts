import { element, type MarkupElement, rawElement, serialise } from "../markup.ts";
import { PAGE_STYLE } from "./page-style.ts";

/**
 * A self-contained page in the look of the reports.
 *
 * @param contentSecurityPolicy what the page may do; a report may load nothing from anywhere.
 */
export function pageShell(
  title: string,
  contentSecurityPolicy: string,
  body: readonly (MarkupElement | null)[],
): string {
  const page = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("meta", { name: "color-scheme", content: "light dark" }),
      element("title", {}, title),
      rawElement("style", {}, PAGE_STYLE),
    ),
    element("body", {}, ...body),
  );
  return `<!doctype html>\n${serialise(page)}\n`;
}
