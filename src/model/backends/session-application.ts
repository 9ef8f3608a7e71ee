import type { ForwardedRequest, ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import { type SessionSlots, SlotField } from "../clients/session-slots.ts";
import { type RequestJournal, TryField } from "../sessions/request-journal.ts";
import { keyInCookies, keyInTarget, type SessionKey } from "../sessions/session-key.ts";
import { StateField, type StateTable } from "../sessions/state-table.ts";
import { Presented, type SessionLedger } from "../sessions.ts";
import type { WorldRecords } from "../world-records.ts";
import type { SessionStoreSpec } from "../world-spec.ts";
import type { BackendProcess } from "./backend-process.ts";
import { JobField, type JobTable, JobTime } from "./job-table.ts";

/**
 * The application's handling of sessions. It knows a session only by the id in the forwarded request and tells the
 * client of one only by Set-Cookie (or by links, which proxies do not touch).
 */
export class SessionApplication {
  /** What the last `handle` found or made, or -1. */
  state = -1;
  stateSerial = -1;
  isNew = false;
  private readonly journal: RequestJournal;
  private readonly slots: SessionSlots;
  private readonly states: StateTable;
  private readonly ledger: SessionLedger;
  private readonly jobs: JobTable;

  constructor(records: WorldRecords, jobs: JobTable) {
    this.journal = records.journal;
    this.slots = records.slots;
    this.states = records.states;
    this.ledger = records.ledger;
    this.jobs = jobs;
  }

  /** Reads the session id of a request on its arrival. */
  read(process: BackendProcess, job: number, request: number, what: ForwardedRequest): void {
    const { jobs } = this;
    let key: SessionKey | null = null;
    if (process.marker !== "") key = keyInTarget(what.target, process.marker);
    else if (what.cookie !== null) key = keyInCookies(what.cookie, process.cookie, process.spec.session.jvmRoute);
    if (key !== null && key.id === "") key = null;
    jobs.key[job] = key;
    const expected = this.journal.rows[(request << 4) | TryField.EXPECTED] as number;
    if (expected < 0) return;
    const isAsExpected = key !== null && this.states.lookUp(key) === expected;
    jobs.rows[(job << 4) | JobField.PRESENTED] = isAsExpected
      ? Presented.AS_EXPECTED
      : this.ledger.presented(request, expected, key);
  }

  /** Forgets what the last request did, for one that has no session. */
  ignore(): void {
    this.state = -1;
    this.isNew = false;
  }

  /** Finds or makes the state for a request that is answered now. Answers the head to answer with. */
  handle(nowUs: number, process: BackendProcess, job: number, request: number, status: number): ResponseHead {
    const { jobs, states } = this;
    const tries = this.journal.rows;
    const at = request << 4;
    const slot = tries[at | TryField.SLOT] as number;
    this.ignore();
    // The client's session is over: whatever is made for it now, nobody will ever ask for.
    if (this.slots.rows[(slot << 4) | SlotField.GENERATION] !== tries[at | TryField.SLOT_GENERATION])
      return process.heads.of(status);
    const key = jobs.key[job] as SessionKey | null;
    const startedUs = jobs.times[(job << 3) | JobTime.STARTED] as number;
    const found = key === null ? -1 : states.find(key, process.index, startedUs);
    const expected = tries[at | TryField.EXPECTED] as number;
    if (expected >= 0) {
      const presented = jobs.rows[(job << 4) | JobField.PRESENTED] as number;
      this.ledger.checked(nowUs, request, process.index, slot, presented, found);
    }
    if (found >= 0) {
      states.touch(found, nowUs);
      this.remember(found, false);
      return process.heads.of(status);
    }
    return this.missed(nowUs, process, slot, key, status);
  }

  private missed(
    nowUs: number,
    process: BackendProcess,
    slot: number,
    key: SessionKey | null,
    status: number,
  ): ResponseHead {
    const { session, errors } = process.spec;
    if (key !== null && session.unknownId === "error") return process.heads.of(errors.status);
    const takesOver = key !== null && session.unknownId === "reuse";
    const id = takesOver ? key.id : this.newId(slot);
    this.remember(this.ledger.created(nowUs, slot, process.index, id), true);
    if (session.cookie === "" || (takesOver && key.route === session.jvmRoute)) return process.heads.of(status);
    const token = this.ledger.token(process.index, id);
    return process.heads.withCookie(
      status,
      new Text(`${session.cookie}=${token}${pathOf(session)}${session.attributes}`),
    );
  }

  /** Client, session and how many states were made for it: the same in every variant as long as it makes as many. */
  private newId(slot: number): string {
    const { rows } = this.slots;
    const at = slot << 4;
    const session = rows[at | SlotField.SESSION] as number;
    const client = (rows[at | SlotField.CLIENT] as number).toString(36);
    const made = (rows[at | SlotField.STATES_MADE] as number).toString(36);
    return session === 0 ? `${client}N${made}` : `${client}X${session.toString(36)}N${made}`;
  }

  private remember(state: number, isNew: boolean): void {
    this.state = state;
    this.stateSerial = this.states.rows[(state << 3) | StateField.SERIAL] as number;
    this.isNew = isNew;
  }
}

/** The Path attribute; one that stands among the written attributes is the author's. */
function pathOf({ path, attributes }: SessionStoreSpec): string {
  return path === "" || /;\s*path=/i.test(attributes) ? "" : `; Path=${path}`;
}
