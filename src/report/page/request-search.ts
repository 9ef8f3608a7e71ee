import type { Film } from "../../experiment/film/film-reader.ts";
import { findRequests, requestKinds } from "../find-requests.ts";
import { pageButton } from "./page-button.ts";

const SECOND_US = 1_000_000;
/** Requests that are listed at once; who wants later ones asks for a later time. */
const MOST = 12;

let fields = 0;

/** Finds requests by what became of them, by their client and by their time; each that is found is a button. */
export class RequestSearch {
  readonly box = document.createElement("details");
  private readonly kinds = document.createElement("select");
  private readonly client = numberField();
  private readonly fromS = numberField();
  private readonly found = document.createElement("div");
  private readonly said = document.createElement("p");
  private readonly film: () => Film;

  constructor(film: () => Film, chosen: (rank: number) => void) {
    this.film = film;
    const summary = document.createElement("summary");
    summary.textContent = "Find requests";
    const form = document.createElement("form");
    form.className = "tools";
    const submit = pageButton("Find", () => {});
    submit.type = "submit";
    form.append(
      ...labelled("Outcome", this.kinds),
      ...labelled("Client", this.client),
      ...labelled("From (s)", this.fromS),
      submit,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(chosen);
    });
    this.found.className = "tools";
    this.said.className = "note";
    this.said.setAttribute("role", "status");
    this.box.append(summary, form, this.said, this.found);
    // What occurs in a film is looked up when somebody wants to know.
    this.box.addEventListener("toggle", () => this.renew());
  }

  /** Another film is looked at. */
  renew(): void {
    this.found.replaceChildren();
    this.said.textContent = "";
    if (!this.box.open) return;
    this.kinds.replaceChildren(
      ...["any", ...requestKinds(this.film())].map((kind) => {
        const option = document.createElement("option");
        option.textContent = kind;
        return option;
      }),
    );
  }

  private find(chosen: (rank: number) => void): void {
    const { requests, isMore } = findRequests(
      this.film(),
      {
        kind: this.kinds.selectedIndex <= 0 ? null : this.kinds.value,
        client: this.client.value === "" ? null : Number(this.client.value),
        fromUs: Number(this.fromS.value) * SECOND_US,
      },
      MOST,
    );
    const count = requests.length === 0 ? "No such request" : `${isMore ? "The first " : ""}${requests.length} found`;
    this.said.textContent = `${count}${this.film().complete ? "" : " among those that are kept here"}.`;
    this.found.replaceChildren(
      ...requests.map(({ request, startUs, identity, outcome, loss }) => {
        const what = [outcome ?? "not ended", ...(loss === null ? [] : ["session lost"])].join(", ");
        const text = `${request}: ${(startUs / SECOND_US).toFixed(3)} s, client ${identity.client}, ${what}`;
        return pageButton(text, () => chosen(request));
      }),
    );
  }
}

function numberField(): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "number";
  field.min = "0";
  field.step = "any";
  return field;
}

function labelled(text: string, field: HTMLElement): readonly HTMLElement[] {
  const name = document.createElement("label");
  field.id = `find-${fields++}`;
  name.htmlFor = field.id;
  name.textContent = text;
  return [name, field];
}
