import { explainFromFilms, type FilmedVariant } from "../../experiment/film/explain-from-films.ts";
import { explanationInWords } from "../formats/explanation.ts";
import { interestingRequests } from "../interesting-requests.ts";
import { choice } from "./choice.ts";
import { pageButton } from "./page-button.ts";
import { RequestSearch } from "./request-search.ts";

const HASH = /^#request=(\d+)(?:&variant=(\d+))?$/;

/** "Why did request N go there?": by number, or one of those that stand out; the address names what is shown. */
export class ExplainPanel {
  private readonly films: readonly FilmedVariant[];
  private readonly seed: number;
  private variant = 0;
  private readonly number = document.createElement("input");
  private readonly standOut = document.createElement("div");
  private readonly text = document.createElement("pre");
  private readonly choose: HTMLSelectElement;
  private readonly search: RequestSearch;

  constructor(box: HTMLElement, films: readonly FilmedVariant[], seed: number) {
    this.films = films;
    this.seed = seed;
    const form = document.createElement("form");
    form.className = "tools";
    const label = document.createElement("label");
    label.htmlFor = "explain-number";
    label.textContent = "Request ";
    this.number.id = "explain-number";
    this.number.type = "number";
    this.number.min = "0";
    this.number.value = "0";
    const variants = choice(
      "Variant",
      films.map(({ name }) => name),
      (index) => this.choice(index),
    );
    this.choose = variants.select;
    const submit = pageButton("Explain", () => {});
    submit.type = "submit";
    form.append(variants.box, label, this.number, submit);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(Number(this.number.value));
    });
    this.standOut.className = "tools";
    const search = new RequestSearch(
      () => (films[this.variant] as FilmedVariant).film,
      (rank) => this.show(rank),
    );
    this.text.tabIndex = 0;
    this.text.setAttribute("role", "region");
    this.text.setAttribute("aria-live", "polite");
    this.text.setAttribute("aria-label", "Explanation");
    this.search = search;
    box.append(form, this.standOut, search.box, this.text);
    this.choice(0);
    addEventListener("hashchange", () => this.follow());
    if (!this.follow()) this.show(interestingRequests((films[0] as FilmedVariant).film)[0]?.rank ?? 0, false);
  }

  /** Shows what the address asks for; false when it asks for nothing. */
  private follow(): boolean {
    const [, rank, variant] = HASH.exec(location.hash) ?? [];
    if (rank === undefined) return false;
    this.choice(Math.min(this.films.length - 1, Number(variant ?? 0)));
    this.show(Number(rank), false);
    this.text.scrollIntoView();
    return true;
  }

  private choice(index: number): void {
    this.variant = index;
    this.choose.selectedIndex = index;
    const { film } = this.films[index] as FilmedVariant;
    this.search.renew();
    this.standOut.replaceChildren(
      ...interestingRequests(film).map(({ rank, why }) => pageButton(`${rank}: ${why}`, () => this.show(rank))),
    );
  }

  private show(rank: number, remember = true): void {
    const variant = this.films[this.variant] as FilmedVariant;
    const explanation = explainFromFilms(this.films, variant, rank, this.seed);
    this.number.value = String(rank);
    this.text.textContent =
      explanation === null
        ? `Request ${rank} is ${variant.film.complete ? "not among those of replication 0" : "not kept in this report; lbsim explain tells of it"}.`
        : explanationInWords(explanation);
    if (remember) history.replaceState(null, "", `#request=${rank}&variant=${this.variant}`);
  }
}
