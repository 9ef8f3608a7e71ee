import type { FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import { FilmEvent, OF_INTEREST } from "../../experiment/film/film-columns.ts";
import type { Film, FilmTable } from "../../experiment/film/film-reader.ts";
import { changesInWords, statusGrids } from "../status-grid.ts";
import { choice } from "./choice.ts";
import { pageButton } from "./page-button.ts";

const SPEEDS = [1, 10, 100, 1000];
const SECOND_US = 1_000_000;
/** Changes that are listed in words; more than these nobody reads. */
const MOST_CHANGES = 6;

/** The status page with a slider: every retained event of the run is a stop. */
export class FilmPlayer {
  private readonly films: readonly FilmedVariant[];
  private readonly warmUpUs: number;
  private film: Film;
  private instant = 0;
  private speed = SPEEDS[1] as number;
  /** Simulated time of the running film and when it was shown; null while it stands. */
  private playing: { timeUs: number; shownMs: number } | null = null;
  private readonly slider = document.createElement("input");
  private readonly clock = document.createElement("output");
  private readonly happened = document.createElement("p");
  private readonly changes = document.createElement("ul");
  private readonly page = document.createElement("div");
  /** The cells of the page in the order of the film's, and what stands in them. */
  private cells: readonly HTMLTableCellElement[] = [];
  private texts: string[] = [];
  private readonly playButton = pageButton("Play", () => this.toggle());

  /** @param warmUpUs where the charts begin to count: both times are shown when they differ */
  constructor(box: HTMLElement, films: readonly FilmedVariant[], warmUpUs: number) {
    this.films = films;
    this.warmUpUs = warmUpUs;
    this.film = (films[0] as FilmedVariant).film;
    this.slider.type = "range";
    this.slider.min = "0";
    this.slider.setAttribute("aria-label", "Moment of the run");
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.happened.className = "readout";
    this.happened.setAttribute("aria-live", "polite");
    this.changes.className = "changes";
    this.page.className = "status bleed";
    box.append(this.controls(), this.slider, this.happened, this.page, this.changes);
    box.addEventListener("keydown", (event) => this.key(event));
    this.choose(0);
    const first = (wanted: number): number => this.film.instants.events.findIndex((events) => (events & wanted) !== 0);
    const fault = first(FilmEvent.FAULT);
    this.go(Math.max(0, fault < 0 ? first(OF_INTEREST) : fault));
  }

  /** Shows the state after an instant. */
  go(instant: number): void {
    const { film, slider, clock } = this;
    const last = film.instants.timeUs.length - 1;
    this.instant = Math.max(0, Math.min(last, instant));
    const now = film.tablesAt(this.instant);
    const before = this.instant === 0 ? now : film.tablesAt(this.instant - 1);
    slider.value = String(this.instant);
    clock.textContent = clockText(film.instants.timeUs[this.instant] as number, this.warmUpUs);
    slider.setAttribute("aria-valuetext", clock.textContent);
    const texts = changesInWords(before, now);
    this.happened.textContent = eventText(film, this.instant);
    const more = texts.length - MOST_CHANGES;
    const listed = [...texts.slice(0, MOST_CHANGES), ...(more > 0 ? [`… and ${more} more`] : [])];
    this.changes.replaceChildren(...listed.map(listItem));
    this.show(now, before);
  }

  /** Touches only cells that look different, so a reader keeps the place in a table that is wider than the window. */
  private show(now: readonly FilmTable[], before: readonly FilmTable[]): void {
    const [after, earlier] = [textsOf(now), textsOf(before)];
    for (const [at, cell] of this.cells.entries()) {
      const text = after[at] ?? "";
      if (this.texts[at] !== text) cell.textContent = text;
      cell.classList.toggle("changed", earlier[at] !== text);
    }
    this.texts = after;
  }

  private controls(): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "tools";
    const variant = choice(
      "Variant",
      this.films.map(({ name }) => name),
      (index) => this.choose(index),
    );
    const speed = choice(
      "Speed",
      SPEEDS.map((times) => `${times}×`),
      (index) => {
        this.speed = SPEEDS[index] as number;
      },
    );
    speed.select.selectedIndex = 1;
    this.clock.className = "clock";
    bar.append(
      variant.box,
      pageButton("Event of interest before", () => this.jump(-1)),
      pageButton("Event before", () => this.go(this.instant - 1)),
      this.playButton,
      pageButton("Next event", () => this.go(this.instant + 1)),
      pageButton("Next event of interest", () => this.jump(1)),
      speed.box,
      this.clock,
    );
    return bar;
  }

  private choose(index: number): void {
    const timeUs = this.film.instants.timeUs[this.instant] as number;
    this.film = (this.films[index] as FilmedVariant).film;
    this.slider.max = String(this.film.instants.timeUs.length - 1);
    this.page.replaceChildren(...statusGrids(this.film.tablesAt(0)).map(gridTable));
    this.cells = [...this.page.querySelectorAll("td")];
    this.texts = [];
    this.go(this.film.instantAt(timeUs));
  }

  /** To the nearest fault, change of state, failure or session loss in a direction. */
  private jump(direction: 1 | -1): void {
    const { events } = this.film.instants;
    let at = this.instant + direction;
    while (at >= 0 && at < events.length && ((events[at] as number) & OF_INTEREST) === 0) at += direction;
    if (at >= 0 && at < events.length) this.go(at);
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLSelectElement || event.target instanceof HTMLButtonElement) return;
    const second = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.shiftKey && second !== undefined) {
      const timeUs = this.film.instants.timeUs[this.instant] as number;
      const there = this.film.instantAt(timeUs + second * SECOND_US);
      this.go(there === this.instant ? there + second : there);
    } else if (event.key === "[") this.jump(-1);
    else if (event.key === "]") this.jump(1);
    else if (event.key === " ") this.toggle();
    else return;
    event.preventDefault();
  }

  private toggle(): void {
    // Who wants no motion goes step by step.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.go(this.instant + 1);
      return;
    }
    this.playing =
      this.playing === null
        ? { timeUs: this.film.instants.timeUs[this.instant] as number, shownMs: performance.now() }
        : null;
    this.playButton.textContent = this.playing === null ? "Play" : "Pause";
    if (this.playing !== null) requestAnimationFrame((nowMs) => this.frame(nowMs));
  }

  private frame(nowMs: number): void {
    const { playing } = this;
    if (playing === null) return;
    playing.timeUs += Math.max(0, nowMs - playing.shownMs) * 1000 * this.speed;
    playing.shownMs = nowMs;
    const there = this.film.instantAt(playing.timeUs);
    if (there !== this.instant) this.go(there);
    if (there >= this.film.instants.timeUs.length - 1) this.toggle();
    else requestAnimationFrame((nextMs) => this.frame(nextMs));
  }
}

function clockText(timeUs: number, warmUpUs: number): string {
  const observedUs = timeUs - warmUpUs;
  const start = `t = ${(timeUs / SECOND_US).toFixed(6)} s`;
  if (warmUpUs === 0) return start;
  return observedUs < 0 ? `${start} (warm-up)` : `${start} (${(observedUs / SECOND_US).toFixed(3)} s in the charts)`;
}

function eventText({ instants }: Film, instant: number): string {
  let events = instants.events[instant] as number;
  const rank = instants.rank[instant] as number;
  const request = rank < 0 ? "a request" : `request ${rank}`;
  if ((events & FilmEvent.FAILED) !== 0) events &= ~FilmEvent.REQUEST_ENDED;
  const words: readonly (readonly [number, string])[] = [
    [FilmEvent.FAULT, "a fault begins or ends"],
    [FilmEvent.STATE, "a member changes its state"],
    [FilmEvent.SESSION_LOST, `${request} finds its session lost`],
    [FilmEvent.REQUEST_STARTED, `${request} starts`],
    [FilmEvent.FAILED, `${request} ends badly`],
    [FilmEvent.REQUEST_ENDED, `${request} ends`],
    [FilmEvent.ATTEMPT, `the proxy acts for ${request}`],
  ];
  const happened = words.flatMap(([bit, text]) => ((events & bit) !== 0 ? [text] : []));
  if (happened.length === 0) return instant === 0 ? "the run begins" : "nothing in particular";
  return happened.slice(0, 3).join("; ");
}

function listItem(text: string): HTMLLIElement {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function gridTable({ title, columns, rows }: ReturnType<typeof statusGrids>[number]): HTMLElement {
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", title === "" ? columns.join(", ") : title);
  const table = document.createElement("table");
  table.className = "data";
  if (title !== "") table.createCaption().textContent = title;
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) {
      const cell = line.insertCell();
      cell.className = "t";
      cell.textContent = text;
    }
  }
  scroll.append(table);
  return scroll;
}

function textsOf(tables: readonly FilmTable[]): string[] {
  return tables.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text)));
}
