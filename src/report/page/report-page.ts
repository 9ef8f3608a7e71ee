/**
 * The script of the report page. It adds to a page that is complete without it: sorting, the switch of the share chart,
 * the switch of the theme, copying the command, a keyboard cursor that reads the points of every chart aloud, the film of
 * the status page and the search for a request. It is bundled into one classic script and pasted into the page.
 */
import type { RunResult } from "../../experiment/result.ts";
import { renderJson } from "../formats/json-text.ts";
import { fromColumns } from "../json-columns.ts";
import { metricsCsv } from "../metrics-csv.ts";
import { pathCorners } from "../short-path.ts";
import { ExplainPanel } from "./explain-panel.ts";
import { FilmPlayer } from "./film-player.ts";
import { pageButton as button } from "./page-button.ts";
import { pageFacts, unpackedFilms, unpackedText } from "./page-data.ts";

(() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** Heads of the comparison table become buttons that sort its rows. */
  function makeSortable(table: HTMLTableElement): void {
    const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
    for (const [column, head] of heads.entries()) {
      const title = head.textContent ?? "";
      head.replaceChildren(button(title, () => sortBy(table, heads, column)));
    }
  }

  function sortBy(table: HTMLTableElement, heads: readonly HTMLTableCellElement[], column: number): void {
    const body = table.tBodies[0];
    const head = heads[column];
    if (body === undefined || head === undefined) return;
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...body.rows].sort((a, b) => {
      const [left, right] = [a.cells[column], b.cells[column]];
      if (column === 0) return (left?.textContent ?? "") < (right?.textContent ?? "") ? -sign : sign;
      // A cell without a sample stays last in both directions.
      const [x, y] = [left?.dataset.value, right?.dataset.value];
      if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
      return sign * (Number(x) - Number(y));
    });
    body.append(...rows);
  }

  /** Shows one of several figures at a time, chosen by a row of buttons above them. */
  function makeSwitch(box: HTMLElement): void {
    const parts = [...box.children] as HTMLElement[];
    const bar = document.createElement("div");
    bar.className = "tools";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Share of");
    const show = (chosen: number): void => {
      for (const [index, part] of parts.entries()) {
        part.hidden = index !== chosen;
        bar.children[index]?.setAttribute("aria-pressed", String(index === chosen));
      }
    };
    for (const [index, part] of parts.entries()) bar.append(button(part.dataset.name ?? "", () => show(index)));
    box.prepend(bar);
    show(0);
  }

  function addThemeSwitch(tools: HTMLElement): void {
    const root = document.documentElement;
    const dark = (): boolean =>
      root.dataset.theme === undefined
        ? matchMedia("(prefers-color-scheme: dark)").matches
        : root.dataset.theme === "dark";
    const made = button("", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      name();
    });
    const name = (): void => {
      made.textContent = dark() ? "Light theme" : "Dark theme";
    };
    name();
    tools.append(made);
  }

  function addCopyButton(tools: HTMLElement, command: string): void {
    const made = button("Copy the command that makes this report", () => {
      navigator.clipboard.writeText(command).then(
        () => say("Copied"),
        () => say("Copying is not allowed here"),
      );
    });
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "note";
    const say = (text: string): void => {
      said.textContent = text;
    };
    tools.append(made, said);
  }

  /** The page carries the whole result, so a reader without the run's folder can save it as result.json, or its metrics. */
  function addSaveButtons(tools: HTMLElement): void {
    const save = async (name: string, type: string, render: (result: RunResult) => string): Promise<void> => {
      const result = fromColumns((await unpackedText("result")) ?? "[]") as unknown as RunResult;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([render(result)], { type }));
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    };
    tools.append(
      button("Save the data (JSON)", () => void save("result.json", "application/json", renderJson)),
      button("Save the metrics (CSV)", () => void save("metrics.csv", "text/csv", metricsCsv)),
    );
  }

  /** A point of a chart in the coordinates of its drawing, and the cell of the table that holds its number. */
  interface Point {
    readonly x: number;
    readonly y: number;
    readonly row: number;
    readonly column: number;
  }

  /** The points of a chart, one list for each line or kind of bar, in reading order. */
  function pointsOf(svg: SVGSVGElement): readonly (readonly Point[])[] {
    const series = new Map<number, Point[]>();
    for (const mark of svg.querySelectorAll<SVGGraphicsElement>("[data-column]")) {
      const column = Number(mark.dataset.column);
      const found = mark instanceof SVGPathElement ? linePoints(mark, column) : [markPoint(mark, column)];
      series.set(column, [...(series.get(column) ?? []), ...found]);
    }
    return [...series.values()].filter((points) => points.length > 0);
  }

  function markPoint(mark: SVGGraphicsElement, column: number): Point {
    const box = mark.getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, row: Number(mark.dataset.row), column };
  }

  /** The values of a drawn line. */
  function linePoints(path: SVGPathElement, column: number): readonly Point[] {
    const values = pathCorners(path.getAttribute("d") ?? "", path.dataset.step !== undefined);
    const rows = path.dataset.rows?.split(" ").map(Number);
    const first = Number(path.dataset.row);
    return values.map(([x, y], index) => ({ x, y, row: rows?.[index] ?? first + index, column }));
  }

  /** Arrows walk along a line, Page keys change it, Home and End jump, Escape leaves. */
  function addCursor(figure: HTMLElement): void {
    const readout = document.createElement("p");
    readout.className = "readout";
    readout.setAttribute("aria-live", "polite");
    figure.insertBefore(readout, figure.querySelector("details"));
    for (const plot of figure.querySelectorAll<HTMLElement>(".plot")) watchPlot(plot);
  }

  /** Drawings for narrow windows are unpacked when a window is narrow for the first time. */
  function whenNarrow(): void {
    const narrow = matchMedia("(max-width: 720px)");
    const draw = async (): Promise<void> => {
      const xml = (await unpackedText("drawings")) ?? "";
      const drawings = [...new DOMParser().parseFromString(xml, "image/svg+xml").documentElement.children];
      for (const [index, plot] of [...document.querySelectorAll<HTMLElement>(".plot.narrow")].entries()) {
        plot.replaceChildren(document.importNode(drawings[index] as Element, true));
        watchPlot(plot);
      }
      document.documentElement.dataset.narrow = "ready";
    };
    if (narrow.matches) void draw();
    else narrow.addEventListener("change", () => void draw(), { once: true });
  }

  function watchPlot(plot: HTMLElement): void {
    const figure = plot.closest("figure");
    const svg = plot.querySelector<SVGSVGElement>("svg");
    const table = figure?.querySelector<HTMLTableElement>("details table");
    const readout = figure?.querySelector<HTMLElement>(".readout");
    if (svg === null || !table || !readout) return;
    const ring = document.createElementNS(SVG, "circle");
    ring.setAttribute("class", "cursor");
    ring.setAttribute("r", "7");
    let series: readonly (readonly Point[])[] | null = null;
    let line = 0;
    let at = 0;
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", "Chart; arrow keys read its points, Page keys change the line, Escape leaves");
    const leave = (): void => {
      ring.remove();
      readout.textContent = "";
    };
    plot.addEventListener("blur", leave);
    plot.addEventListener("keydown", (event) => {
      series ??= pointsOf(svg);
      if (series.length === 0) return;
      if (event.key === "Escape") return leave();
      const started = ring.isConnected;
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -Infinity, End: Infinity }[
        event.key
      ];
      const jump = { PageDown: 1, PageUp: -1 }[event.key];
      if (step === undefined && jump === undefined) return;
      event.preventDefault();
      line = (line + (jump ?? 0) + series.length) % series.length;
      const points = series[line] ?? [];
      at = Math.max(0, Math.min(points.length - 1, started ? at + (step ?? 0) : at));
      const point = points[at];
      if (point === undefined) return;
      ring.setAttribute("cx", String(point.x));
      ring.setAttribute("cy", String(point.y));
      svg.append(ring);
      readout.textContent = pointText(table, point);
    });
  }

  /** "until 60 s; byrequests, lost: 12" from the heads of the cell's row and column. */
  function pointText(table: HTMLTableElement, { row, column }: Point): string {
    const cells = table.tBodies[0]?.rows[row]?.cells;
    const heads = table.tHead?.rows[0]?.cells;
    const text = (cell: Element | undefined): string => cell?.textContent ?? "";
    return `${text(heads?.[0])} ${text(cells?.[0])}; ${text(heads?.[column])}: ${text(cells?.[column])}`;
  }

  /** What paper shows of what is folded away: the method but for its long tables, and of the films the first variant's. */
  const ON_PAPER = ["#to-method details:not(.long)", "details.moments:first-of-type"]
    .map((part) => `${part}:not([open])`)
    .join(",");

  /** Paper can't unfold anything, so that is open while printing, and as it was afterwards. */
  function unfoldForPrinting(): void {
    let closed: HTMLDetailsElement[] = [];
    addEventListener("beforeprint", () => {
      closed = [...document.querySelectorAll<HTMLDetailsElement>(ON_PAPER)];
      for (const details of closed) details.open = true;
    });
    addEventListener("afterprint", () => {
      for (const details of closed) details.open = false;
    });
  }

  const comparison = document.querySelector<HTMLTableElement>("#comparison");
  if (comparison !== null) makeSortable(comparison);
  const shares = document.querySelector<HTMLElement>("#shares");
  if (shares !== null) makeSwitch(shares);
  const tools = document.querySelector<HTMLElement>("#tools");
  if (tools !== null) {
    addThemeSwitch(tools);
    addSaveButtons(tools);
    addCopyButton(tools, document.querySelector("#reproduce")?.textContent ?? "");
  }
  for (const figure of document.querySelectorAll<HTMLElement>("figure.figure")) addCursor(figure);
  whenNarrow();
  unfoldForPrinting();

  /** What happened request by request, as soon as it is unpacked; the page can be read before. */
  async function addFilms(): Promise<void> {
    const facts = pageFacts();
    const films = await unpackedFilms(facts);
    const [player, panel] = [
      document.querySelector<HTMLElement>("#film"),
      document.querySelector<HTMLElement>("#explain"),
    ];
    if (films.length === 0 || player === null || panel === null) return;
    new FilmPlayer(player, films, facts.warmUpUs);
    new ExplainPanel(panel, films, facts.seed);
    document.documentElement.dataset.films = "ready";
  }
  void addFilms();
})();
