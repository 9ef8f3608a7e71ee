import { explainFromFilms, type FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import type { RunResult } from "../../experiment/result.ts";
import { explanationInWords } from "../formats/explanation.ts";
import { interestingRequests } from "../interesting-requests.ts";
import { element, type MarkupElement } from "../markup.ts";

/** Variants whose requests are told without the script, each with what all others did. */
const MOST_VARIANTS = 6;

/** Why single requests went where they went: those that a reader is likely to ask about; the script finds all others. */
export function explainSection(result: RunResult, films: readonly FilmedVariant[]): readonly MarkupElement[] {
  const kept = films.every(({ film }) => film.complete)
    ? "All requests of replication 0 can be looked up."
    : "Of replication 0 a part is kept here: all that fits of those that failed, lost a session or came right after a change, and a sample of the rest.";
  return [
    element(
      "p",
      {},
      `${kept} On the command line: `,
      element("code", {}, `lbsim explain ${result.scenario.file} --request N`),
    ),
    element("div", { id: "explain" }),
    ...films.slice(0, MOST_VARIANTS).map((variant) =>
      element(
        "details",
        { class: "moments" },
        element("summary", {}, `${variant.name}: requests that stand out`),
        ...interestingRequests(variant.film).flatMap(({ rank, why }) => {
          const explanation = explainFromFilms(films, variant, rank, result.seed);
          return explanation === null
            ? []
            : [
                element("p", {}, `Request ${rank}, ${why}:`),
                element("pre", { tabindex: "0" }, explanationInWords(explanation)),
              ];
        }),
      ),
    ),
    films.length > MOST_VARIANTS
      ? element(
          "p",
          { class: "note" },
          `${films.length - MOST_VARIANTS} more variants can be chosen above, and on the command line with --variant NAME.`,
        )
      : null,
  ].filter((part) => part !== null);
}
