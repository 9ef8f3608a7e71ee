import { RequestClass } from "./clients/request-class.ts";
import { SessionSlots } from "./clients/session-slots.ts";
import { CookieScopes } from "./cookies/cookie-scope.ts";
import { RequestPlaces } from "./cookies/request-place.ts";
import { RequestJournal } from "./sessions/request-journal.ts";
import { StateTable } from "./sessions/state-table.ts";
import { SessionLedger } from "./sessions.ts";
import type { WorldListener } from "./world-listener.ts";
import type { WorldSpec } from "./world-spec.ts";

/** What both sides of the world write into and read from: never anything that would travel over a wire. */
export class WorldRecords {
  readonly classes: readonly RequestClass[];
  readonly cookieScopes: CookieScopes;
  readonly slots = new SessionSlots();
  readonly states: StateTable;
  readonly journal = new RequestJournal();
  readonly ledger: SessionLedger;

  constructor(spec: WorldSpec, listener: WorldListener) {
    const places = new RequestPlaces();
    this.classes = spec.clients.classes.map((each) => new RequestClass(each, spec.clients, places));
    this.cookieScopes = new CookieScopes(places.places);
    this.states = new StateTable(spec.backends);
    this.ledger = new SessionLedger(this.slots, this.states, this.journal, spec.backends, listener);
  }
}
