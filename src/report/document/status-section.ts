import type { FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import { FilmEvent } from "../../experiment/film/film-columns.ts";
import type { Film } from "../../experiment/film/film-reader.ts";
import type { RunResult } from "../../experiment/result.ts";
import { element, type MarkupElement } from "../markup.ts";
import { fixed, formatDuration } from "../number-format.ts";
import { type StatusGrid, statusGrids } from "../status-grid.ts";
import { keepTogether } from "./keep-together.ts";

/** Moments that a page without script, or on paper, shows of the baseline. */
const MOST_MOMENTS = 8;
const US_PER_S = 1_000_000;
/** Columns that fit on paper beside each other (Apache's members have 17). */
const MOST_COLUMNS = 18;
/** Columns of a wide page that name its row: HAProxy's proxy and server. */
const NAME_COLUMNS = 2;

/** The proxy's own status page through the run: moments of interest as tables; the script makes a film of them. */
export function statusSection(result: RunResult, films: readonly FilmedVariant[]): readonly MarkupElement[] {
  return [
    element(
      "p",
      {},
      "What an administrator would have read on the proxy's own status page in replication 0. Times are simulated time from the start of the run",
      result.timing.warmUpUs === 0
        ? "."
        : keepTogether(`; the observed time begins at ${formatDuration(result.timing.warmUpUs)}.`),
    ),
    element("div", { id: "film" }),
    ...films
      .filter(({ name }) => name === result.baseline)
      .map((variant) =>
        element(
          "details",
          { class: "moments" },
          element("summary", {}, `${variant.name}: the page when faults began or ended and states changed`),
          ...momentsOf(variant.film).map((instant) => momentTables(variant.film, instant)),
        ),
      ),
  ];
}

function momentsOf(film: Film): readonly number[] {
  const moments: number[] = [];
  for (const [instant, events] of film.instants.events.entries())
    if ((events & (FilmEvent.STATE | FilmEvent.FAULT)) !== 0) moments.push(instant);
  const last = film.instants.timeUs.length - 1;
  return [...moments.slice(0, MOST_MOMENTS), ...(last < 0 ? [] : [last])];
}

function momentTables(film: Film, instant: number): MarkupElement {
  // Two changes may lie within a second of each other.
  const at = `${fixed((film.instants.timeUs[instant] as number) / US_PER_S, 3)} s`;
  return element(
    "div",
    {},
    element("p", {}, `at ${at}`),
    ...statusGrids(film.tablesAt(instant)).flatMap(sheets).map(gridTable),
  );
}

/** Paper can't be scrolled: the columns of a wide page (HAProxy has 46) are set below each other, each row with its name. */
function sheets({ title, columns, rows }: StatusGrid): readonly StatusGrid[] {
  if (columns.length <= MOST_COLUMNS) return [{ title, columns, rows }];
  const rest = columns.length - NAME_COLUMNS;
  const count = Math.ceil(rest / (MOST_COLUMNS - NAME_COLUMNS));
  const cut = (row: readonly string[], sheet: number): readonly string[] => [
    ...row.slice(0, NAME_COLUMNS),
    ...row.slice(NAME_COLUMNS).slice(Math.floor((sheet * rest) / count), Math.floor(((sheet + 1) * rest) / count)),
  ];
  return Array.from({ length: count }, (_, sheet) => ({
    title: sheet === 0 ? title : "",
    columns: cut(columns, sheet),
    rows: rows.map((row) => cut(row, sheet)),
  }));
}

function gridTable({ title, columns, rows }: StatusGrid): MarkupElement {
  return element(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": title === "" ? columns.join(", ") : title },
    element(
      "table",
      { class: "data" },
      title === "" ? null : element("caption", {}, title),
      element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)))),
      element(
        "tbody",
        {},
        ...rows.map((row) => element("tr", {}, ...row.map((text) => element("td", { class: "t" }, text)))),
      ),
    ),
  );
}
