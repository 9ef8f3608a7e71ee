import type { RunResult } from "../../experiment/result.ts";
import { embeddedJson, embeddedScript } from "../document/embed.ts";
import { PAGE_STYLE } from "../document/page-style.ts";
import { reportBody } from "../document/report-body.ts";
import { element, rawElement, serialise } from "../markup.ts";

/** Nothing may be loaded from anywhere: the page is complete, and stays so. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'";

/**
 * The report as one file that opens from disk, offline, with or without script. Same result, same bytes.
 *
 * @param pageScript the compiled text of `page/report-page.ts`; "" for a page without script.
 * @throws RangeError when the script contains its own end tag.
 */
export function renderHtml(result: RunResult, pageScript: string): string {
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
      element("title", {}, `${result.scenario.name} - lbsim report`),
      rawElement("style", {}, PAGE_STYLE),
    ),
    element(
      "body",
      {},
      ...reportBody(result),
      embeddedJson("result", result),
      pageScript === "" ? null : embeddedScript(pageScript),
    ),
  );
  return `<!doctype html>\n${serialise(page)}\n`;
}
