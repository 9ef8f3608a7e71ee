import type { RunResult } from "../../experiment/result.ts";
import { embeddedJson, embeddedPacked, embeddedScript, embeddedText } from "../document/embed.ts";
import { embeddedFilms } from "../document/embedded-films.ts";
import { takeNarrowDrawings } from "../document/narrow-drawings.ts";
import { pageShell } from "../document/page-shell.ts";
import { reportBody } from "../document/report-body.ts";
import { type Json, toColumns } from "../json-columns.ts";
import type { MarkupElement } from "../markup.ts";

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
  const { body, drawings } = takeNarrowDrawings(reportBody(result));
  return pageShell(`${result.scenario.name} - lbsim report`, CONTENT_SECURITY_POLICY, [
    ...body,
    embeddedText("drawings", drawings),
    ...embeddedData(result),
    pageScript === "" ? null : embeddedScript(pageScript),
  ]);
}

/** What the script works with: the names that it shows, each variant's film, and the whole result for those who want to save it. */
function embeddedData(result: RunResult): readonly MarkupElement[] {
  const films = embeddedFilms(result);
  const variants = result.variants.map(({ name, members }, v) => ({
    name,
    members: members.map(({ name: member, alias }) => ({ name: member, alias })),
    filmAfter: films.find(({ variant }) => variant === v)?.after ?? null,
  }));
  const withoutFilms = { ...result, variants: result.variants.map(({ film: _film, ...variant }) => variant) };
  return [
    embeddedJson("facts", { seed: result.seed, warmUpUs: result.timing.warmUpUs, variants }),
    embeddedText("result", toColumns(withoutFilms as unknown as Json)),
    ...films.map(({ variant, bytes }) => embeddedPacked(`film-${variant}`, bytes)),
  ];
}
