import type { ResponseHead } from "../contract/http-message.ts";
import { type SessionSlots, SlotField } from "./clients/session-slots.ts";
import { parsedSetCookie } from "./cookies/set-cookie.ts";
import { type RequestJournal, TryField } from "./sessions/request-journal.ts";
import { keyInCookies, keyInTarget, type SessionKey } from "./sessions/session-key.ts";
import { StateField, StateFlag, type StateTable } from "./sessions/state-table.ts";
import { LossCause, type WorldListener } from "./world-listener.ts";
import type { BackendSpec } from "./world-spec.ts";

/** How the session id of the client's state fared on its way to the backend. */
export const Presented = {
  /** The client has no state yet, or the backend was shown its id. */
  AS_EXPECTED: 0,
  /** The client did not send it. */
  NOT_SENT: 1,
  /** It was changed or taken out on the way, in either direction. */
  ALTERED: 2,
} as const;

/**
 * The ledger of logical sessions: which state a client's session lives in, and the verdicts on it.
 *
 * A session's state is the one whose making, or finding, was answered to the client last. It is lost, once, when a
 * request that was sent while the client had it is processed by a backend that does not find it. The cause is looked
 * for in this order: the state is gone (expired, or wiped with its memory), the client did not send its id, the id was
 * altered on the way, and else the request was processed elsewhere.
 */
export class SessionLedger {
  private readonly slots: SessionSlots;
  private readonly states: StateTable;
  private readonly journal: RequestJournal;
  private readonly listener: WorldListener;
  private readonly backends: readonly BackendSpec[];
  /** ";" and the path parameter's name by backend, "" = cookies. */
  private readonly markers: readonly string[];

  constructor(
    slots: SessionSlots,
    states: StateTable,
    journal: RequestJournal,
    backends: readonly BackendSpec[],
    listener: WorldListener,
  ) {
    this.slots = slots;
    this.states = states;
    this.journal = journal;
    this.listener = listener;
    this.backends = backends;
    this.markers = backends.map((backend) =>
      backend.session.cookie === "" ? `;${backend.session.pathParameter}` : "",
    );
  }

  /** Notes the state that the client has when it sends a request. */
  expect(request: number, slot: number): void {
    const state = this.slots.rows[(slot << 4) | SlotField.CURRENT_STATE] as number;
    this.journal.rows[(request << 4) | TryField.EXPECTED] = state;
    this.journal.rows[(request << 4) | TryField.EXPECTED_SERIAL] =
      state < 0 ? -1 : (this.states.rows[(state << 3) | StateField.SERIAL] as number);
  }

  /** Where the id of the expected state was lost between the client and the backend that read `key` (null = no id). */
  presented(request: number, expected: number, key: SessionKey | null): number {
    const { states } = this;
    const id = states.id[expected] as string;
    if (key !== null && (key.state === expected || key.id === id)) return Presented.AS_EXPECTED;
    const sent = this.sentKey(request, states.rows[(expected << 3) | StateField.BACKEND] as number);
    if (sent !== null && sent.id === id) return Presented.ALTERED;
    if (sent !== null && sent.id !== "") return Presented.ALTERED;
    const byPath = ((states.rows[(expected << 3) | StateField.FLAGS] as number) & StateFlag.BY_PATH) !== 0;
    const received = byPath || ((states.rows[(expected << 3) | StateField.FLAGS] as number) & StateFlag.RECEIVED) !== 0;
    return received ? Presented.NOT_SENT : Presented.ALTERED;
  }

  /**
   * An answer leaves a backend whose application looked for the session's state and found `found` (-1 = none); only for
   * requests that were sent while the client had a state.
   */
  checked(nowUs: number, request: number, backend: number, slot: number, presented: number, found: number): void {
    const { states, slots } = this;
    const tries = this.journal.rows;
    const expected = tries[(request << 4) | TryField.EXPECTED] as number;
    this.listener.sessionChecked(nowUs, request, backend, found === expected);
    if (found === expected || slots.rows[(slot << 4) | SlotField.CURRENT_STATE] !== expected) return;
    const at = expected << 3;
    if (states.rows[at | StateField.SERIAL] !== tries[(request << 4) | TryField.EXPECTED_SERIAL]) return;
    slots.rows[(slot << 4) | SlotField.CURRENT_STATE] = -1;
    const flags = states.rows[at | StateField.FLAGS] as number;
    states.rows[at | StateField.FLAGS] = flags | StateFlag.LOST | StateFlag.COUNTED;
    if ((flags & StateFlag.COUNTED) !== 0) return;
    const cause = this.causeOfLoss(nowUs, expected, presented);
    this.listener.sessionLost(nowUs, slot, states.rows[at | StateField.BACKEND] as number, cause);
  }

  /** Enters a state that an application makes for a session. Answers its index. */
  created(nowUs: number, slot: number, backend: number, id: string): number {
    const { slots, states } = this;
    const state = states.create(nowUs, backend, id, this.markers[backend] !== "");
    states.rows[(state << 3) | StateField.NEXT_OF_SESSION] = slots.rows[(slot << 4) | SlotField.FIRST_STATE] as number;
    slots.rows[(slot << 4) | SlotField.FIRST_STATE] = state;
    slots.rows[(slot << 4) | SlotField.STATES_MADE] = (slots.rows[(slot << 4) | SlotField.STATES_MADE] as number) + 1;
    this.forgetSurplus(slot, state);
    return state;
  }

  /**
   * A complete answer of an application that found or made a state is at the client. Answers what the client appends to
   * its paths from now on (";name=id.route"), or "" when nothing changes.
   */
  delivered(nowUs: number, slot: number, request: number): string {
    const { slots, states, journal } = this;
    const state = journal.rows[(request << 4) | TryField.STATE] as number;
    const replaced = slots.rows[(slot << 4) | SlotField.CURRENT_STATE] as number;
    if (
      replaced === state ||
      states.rows[(state << 3) | StateField.SERIAL] !== journal.rows[(request << 4) | TryField.STATE_SERIAL]
    )
      return "";
    slots.rows[(slot << 4) | SlotField.CURRENT_STATE] = state;
    states.rows[(state << 3) | StateField.FLAGS] =
      (states.rows[(state << 3) | StateField.FLAGS] as number) & ~StateFlag.LOST;
    this.forgetOld(slot, replaced);
    if (journal.rows[(request << 4) | TryField.IS_NEW] === 0) return "";
    const backend = states.rows[(state << 3) | StateField.BACKEND] as number;
    this.listener.sessionStarted(nowUs, slot, backend);
    const marker = this.markers[backend] as string;
    return marker === "" ? "" : `${marker}=${this.token(backend, states.id[state] as string)}`;
  }

  /** Session id as a backend writes it: "id.route", or the bare id where it has no route. */
  token(backend: number, id: string): string {
    const { jvmRoute } = (this.backends[backend] as BackendSpec).session;
    return jvmRoute === "" ? id : `${id}.${jvmRoute}`;
  }

  /** Notes whether a head that reached the client hands it the id of a new state. */
  received(request: number, head: ResponseHead): void {
    const { states, journal } = this;
    const state = journal.rows[(request << 4) | TryField.STATE] as number;
    if (states.rows[(state << 3) | StateField.SERIAL] !== journal.rows[(request << 4) | TryField.STATE_SERIAL]) return;
    const name = (this.backends[states.rows[(state << 3) | StateField.BACKEND] as number] as BackendSpec).session
      .cookie;
    for (const text of head.setCookies) {
      const cookie = parsedSetCookie(text);
      if (cookie === null || cookie.name !== name) continue;
      if (
        cookie.value ===
        this.token(states.rows[(state << 3) | StateField.BACKEND] as number, states.id[state] as string)
      )
        states.rows[(state << 3) | StateField.FLAGS] =
          (states.rows[(state << 3) | StateField.FLAGS] as number) | StateFlag.RECEIVED;
    }
  }

  /** A try of the session ended well. */
  good(slot: number): void {
    this.slots.rows[(slot << 4) | SlotField.INTERRUPTED] = 0;
  }

  /** A try of the session failed, whatever the reason. */
  failed(nowUs: number, slot: number): void {
    const { slots, states } = this;
    const state = slots.rows[(slot << 4) | SlotField.CURRENT_STATE] as number;
    if (state < 0 || slots.rows[(slot << 4) | SlotField.INTERRUPTED] === 1 || !states.exists(state, nowUs)) return;
    slots.rows[(slot << 4) | SlotField.INTERRUPTED] = 1;
    this.listener.sessionInterrupted(nowUs, slot, states.rows[(state << 3) | StateField.BACKEND] as number);
  }

  /** The client's session is over: its states are forgotten. */
  ended(nowUs: number, slot: number): void {
    const { slots, states } = this;
    const current = slots.rows[(slot << 4) | SlotField.CURRENT_STATE] as number;
    if (current >= 0 && !states.exists(current, nowUs))
      this.listener.sessionDoomed(nowUs, slot, states.rows[(current << 3) | StateField.BACKEND] as number);
    for (let state = slots.rows[(slot << 4) | SlotField.FIRST_STATE] as number; state >= 0; ) {
      const next = states.rows[(state << 3) | StateField.NEXT_OF_SESSION] as number;
      states.release(state);
      state = next;
    }
    slots.rows[(slot << 4) | SlotField.FIRST_STATE] = -1;
    slots.rows[(slot << 4) | SlotField.CURRENT_STATE] = -1;
    this.listener.sessionEnded(nowUs, slot);
  }

  private causeOfLoss(nowUs: number, state: number, presented: number): number {
    const { states } = this;
    if (!states.exists(state, nowUs)) return states.expiredFirst(state) ? LossCause.EXPIRED : LossCause.WIPED;
    if (presented === Presented.NOT_SENT) return LossCause.NOT_SENT;
    return presented === Presented.ALTERED ? LossCause.ALTERED : LossCause.ELSEWHERE;
  }

  private sentKey(request: number, backend: number): SessionKey | null {
    const sent = this.journal.sent[request];
    if (sent === null || sent === undefined) return null;
    const marker = this.markers[backend] as string;
    if (marker !== "") return keyInTarget(sent.target, marker);
    const name = (this.backends[backend] as BackendSpec).session.cookie;
    return sent.cookie === null ? null : keyInCookies(sent.cookie, name);
  }

  /** A new state took the place of an old one: the old one and all lost ones will not be asked for again. */
  private forgetOld(slot: number, replaced: number): void {
    const { slots, states } = this;
    let before = -1;
    for (let state = slots.rows[(slot << 4) | SlotField.FIRST_STATE] as number; state >= 0; ) {
      const next = states.rows[(state << 3) | StateField.NEXT_OF_SESSION] as number;
      if (state === replaced || ((states.rows[(state << 3) | StateField.FLAGS] as number) & StateFlag.LOST) !== 0) {
        if (before < 0) slots.rows[(slot << 4) | SlotField.FIRST_STATE] = next;
        else states.rows[(before << 3) | StateField.NEXT_OF_SESSION] = next;
        states.release(state);
      } else before = state;
      state = next;
    }
  }

  /**
   * States whose answers never reached the client pile up when a client that never leaves is never answered in time.
   * Beyond a handful the oldest that is not in use is forgotten, so that memory stays bounded by live sessions.
   */
  private forgetSurplus(slot: number, newest: number): void {
    const { slots, states } = this;
    let count = 1;
    let before = newest;
    let beforeVictim = -1;
    for (
      let state = states.rows[(newest << 3) | StateField.NEXT_OF_SESSION] as number;
      state >= 0;
      state = states.rows[(state << 3) | StateField.NEXT_OF_SESSION] as number
    ) {
      count++;
      if (state !== slots.rows[(slot << 4) | SlotField.CURRENT_STATE]) beforeVictim = before;
      before = state;
    }
    if (count <= MAX_STATES || beforeVictim < 0) return;
    const victim = states.rows[(beforeVictim << 3) | StateField.NEXT_OF_SESSION] as number;
    states.rows[(beforeVictim << 3) | StateField.NEXT_OF_SESSION] = states.rows[
      (victim << 3) | StateField.NEXT_OF_SESSION
    ] as number;
    states.release(victim);
  }
}

const MAX_STATES = 8;
