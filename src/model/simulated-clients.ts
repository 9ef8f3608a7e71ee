import type { ResponseHead } from "../contract/http-message.ts";
import { invariant } from "../engine/invariant.ts";
import { Draws } from "../engine/random/draws.ts";
import { ClientDraws } from "./clients/client-draws.ts";
import { ClientWake } from "./clients/client-wake.ts";
import { LaneConnections } from "./clients/lane-connections.ts";
import { LaneField, Lanes, LaneTime } from "./clients/lanes.ts";
import type { RequestClass } from "./clients/request-class.ts";
import { RequestPool } from "./clients/request-pool.ts";
import { RequestWriter } from "./clients/request-writer.ts";
import { SessionArrivals } from "./clients/session-arrivals.ts";
import { type SessionSlots, SlotField, SlotState } from "./clients/session-slots.ts";
import { type RequestJournal, TryField } from "./sessions/request-journal.ts";
import type { SessionLedger } from "./sessions.ts";
import type { ClientNet, ClientSide } from "./sides.ts";
import { wakeId, wakeIndex, wakeKind } from "./wake-id.ts";
import { Outcome, type WorldListener } from "./world-listener.ts";
import type { WorldRecords } from "./world-records.ts";
import type { ClientsSpec, WorldSpec } from "./world-spec.ts";

const NOTHING = -1;

/**
 * The users: sessions that arrive, send their requests one burst after the other, think in between, lose patience, try
 * again, leave. README.md of this folder tells the life of a request and what is assumed.
 */
export class SimulatedClients implements ClientSide {
  private net: ClientNet | null = null;
  private isOver = false;
  private readonly spec: ClientsSpec;
  private readonly endUs: number;
  private readonly listener: WorldListener;
  private readonly classes: readonly RequestClass[];
  private readonly slots: SessionSlots;
  private readonly journal: RequestJournal;
  private readonly ledger: SessionLedger;
  private readonly lanes = new Lanes();
  private readonly pool = new RequestPool();
  private readonly writer: RequestWriter;
  private readonly connections: LaneConnections;
  private readonly draws: ClientDraws;
  private readonly arrivals: SessionArrivals;
  private readonly identity = { client: 0, session: 0, ordinal: 0, tryNumber: 0, classIndex: 0 };

  constructor(spec: WorldSpec, seed: number, replication: number, records: WorldRecords, listener: WorldListener) {
    const clients = spec.clients;
    this.spec = clients;
    this.endUs = spec.endUs;
    this.listener = listener;
    this.classes = records.classes;
    this.slots = records.slots;
    this.journal = records.journal;
    this.ledger = records.ledger;
    this.writer = new RequestWriter(clients, records, new Draws(seed, replication, "size"));
    this.connections = new LaneConnections(this.lanes, clients.addresses, clients.idleUs);
    this.draws = new ClientDraws(clients, records.slots, seed, replication);
    this.arrivals = new SessionArrivals(spec, new Draws(seed, replication, "arrivals"));
  }

  start(net: ClientNet, _nowUs: number): void {
    this.net = net;
    this.connections.net = net;
    this.arrivals.net = net;
    net.wakeAt(this.endUs, wakeId(ClientWake.END, 0));
    this.arrivals.start();
  }

  wake(nowUs: number, id: number): void {
    const index = wakeIndex(id);
    switch (wakeKind(id)) {
      case ClientWake.NEXT:
        if (this.slots.rows[(index << 4) | SlotField.STATE] === SlotState.THINKING) this.startBurst(nowUs, index);
        break;
      case ClientWake.ARRIVAL:
        this.startSession(nowUs, this.arrivals.arrive(), 0);
        break;
      case ClientWake.USER:
        this.startSession(nowUs, index, this.arrivals.startOf(index));
        break;
      case ClientWake.RETRY:
        this.sendTry(nowUs, index);
        break;
      case ClientWake.PATIENCE:
        this.losePatience(nowUs, index);
        break;
      case ClientWake.IDLE:
        this.connections.idle(index);
        break;
      case ClientWake.TUNNEL_END:
        this.endTunnel(nowUs, index);
        break;
      default:
        this.endOfRun(nowUs);
    }
  }

  connected(_nowUs: number, connection: number): void {
    const lane = this.connections.laneOf(connection);
    if (lane >= 0) this.lanes.rows[(lane << 4) | LaneField.CONNECTED] = 1;
  }

  answered(nowUs: number, request: number, head: ResponseHead, _bytes: number, staysOpen: boolean, page: number): void {
    const lane = this.laneOf(request);
    this.readHead(nowUs, lane, request, head);
    if (head.status === 101 && this.classOf(lane).isTunnel) this.openTunnel(nowUs, lane);
    else this.complete(nowUs, lane, request, head.status, staysOpen, page >= 0);
  }

  answerHead(nowUs: number, request: number, head: ResponseHead): void {
    const lane = this.laneOf(request);
    this.readHead(nowUs, lane, request, head);
    this.lanes.rows[(lane << 4) | LaneField.STATUS] = head.status;
    if (head.status === 101 && this.classOf(lane).isTunnel) this.openTunnel(nowUs, lane);
  }

  answerBody(_nowUs: number, _request: number, _bytes: number): void {}

  answerEnd(nowUs: number, request: number, staysOpen: boolean): void {
    const lane = this.laneOf(request);
    if ((this.lanes.times[(lane << 3) | LaneTime.TUNNEL_END] as number) >= 0) this.cutTunnel(nowUs, lane);
    else
      this.complete(nowUs, lane, request, this.lanes.rows[(lane << 4) | LaneField.STATUS] as number, staysOpen, false);
  }

  /** Only half a request head is answered like this, and these clients send whole ones. */
  refused(nowUs: number, connection: number): void {
    this.closed(nowUs, connection, -1);
  }

  closed(nowUs: number, connection: number, _request: number): void {
    const lane = this.connections.laneOf(connection);
    if (lane < 0) return;
    const { lanes } = this;
    this.connections.forget(lane);
    if ((lanes.times[(lane << 3) | LaneTime.TUNNEL_END] as number) >= 0) this.cutTunnel(nowUs, lane);
    else if ((lanes.rows[(lane << 4) | LaneField.REQUEST] as number) >= 0) {
      const status = lanes.rows[(lane << 4) | LaneField.STATUS] as number;
      this.finishTry(nowUs, lane, status > 0 ? Outcome.TRUNCATED : Outcome.NO_ANSWER, status);
    }
  }

  // ------------------------------------------------------------ sessions

  private startSession(nowUs: number, client: number, session: number): void {
    const { slots, spec } = this;
    const slot = slots.take(client, session);
    this.lanes.reach((slot + 1) * spec.parallel - 1);
    slots.rows[(slot << 4) | SlotField.REQUESTS_LEFT] = this.draws.requestCount(client, session);
    if (this.draws.isWithoutCookies(client, session)) slots.rows[(slot << 4) | SlotField.WITHOUT_COOKIES] = 1;
    this.startBurst(nowUs, slot);
  }

  /** The first request of a session goes alone (the page); then as many at once as the session has connections. */
  private startBurst(nowUs: number, slot: number): void {
    const { slots, spec } = this;
    const left = slots.rows[(slot << 4) | SlotField.REQUESTS_LEFT] as number;
    const isFirst = slots.rows[(slot << 4) | SlotField.NEXT_ORDINAL] === 0;
    const count = isFirst ? 1 : Math.min(spec.parallel, left);
    slots.rows[(slot << 4) | SlotField.STATE] = SlotState.ACTIVE;
    slots.rows[(slot << 4) | SlotField.ACTIVE] = count;
    slots.rows[(slot << 4) | SlotField.REQUESTS_LEFT] = left - count;
    for (let k = 0; k < count; k++) this.startRequest(nowUs, slot, slot * spec.parallel + k);
  }

  private endSession(nowUs: number, slot: number): void {
    const { slots, spec } = this;
    for (let k = 0; k < spec.parallel; k++) this.connections.close(slot * spec.parallel + k);
    if (slots.rows[(slot << 4) | SlotField.LEAVING] === 1) this.listener.clientLeft(nowUs, slot);
    this.ledger.ended(nowUs, slot);
    slots.release(slot);
    this.arrivals.ended(nowUs, slots.rows[(slot << 4) | SlotField.CLIENT] as number);
  }

  /** Nothing new starts from now on; what is out may come to its end. */
  private endOfRun(nowUs: number): void {
    this.isOver = true;
    for (let slot = 0; slot < this.slots.used; slot++) {
      if (this.slots.rows[(slot << 4) | SlotField.STATE] === SlotState.THINKING) this.endSession(nowUs, slot);
    }
  }

  // ------------------------------------------------------------ requests

  private startRequest(nowUs: number, slot: number, lane: number): void {
    const { lanes, slots } = this;
    const ordinal = slots.rows[(slot << 4) | SlotField.NEXT_ORDINAL] as number;
    slots.rows[(slot << 4) | SlotField.NEXT_ORDINAL] = ordinal + 1;
    lanes.rows[(lane << 4) | LaneField.ORDINAL] = ordinal;
    lanes.rows[(lane << 4) | LaneField.TRY] = 0;
    lanes.rows[(lane << 4) | LaneField.CLASS] = this.draws.classOf(slot, ordinal);
    lanes.times[(lane << 3) | LaneTime.STARTED] = nowUs;
    this.sendTry(nowUs, lane);
  }

  private sendTry(nowUs: number, lane: number): void {
    const { lanes, slots, identity } = this;
    const slot = this.slotOf(lane);
    const client = slots.rows[(slot << 4) | SlotField.CLIENT] as number;
    const connection = this.connections.use(lane, client);
    const classIndex = lanes.rows[(lane << 4) | LaneField.CLASS] as number;
    const record = this.pool.take();
    this.writer.write(record, nowUs, slot, lanes.rows[(lane << 4) | LaneField.ORDINAL] as number, classIndex);
    const request = (this.net as ClientNet).request(connection, record);
    lanes.rows[(lane << 4) | LaneField.REQUEST] = request;
    lanes.rows[(lane << 4) | LaneField.STATUS] = 0;
    identity.client = client;
    identity.session = slots.rows[(slot << 4) | SlotField.SESSION] as number;
    identity.ordinal = lanes.rows[(lane << 4) | LaneField.ORDINAL] as number;
    identity.tryNumber = lanes.rows[(lane << 4) | LaneField.TRY] as number;
    identity.classIndex = classIndex;
    this.journal.open(request, record, lane, slot, slots.rows[(slot << 4) | SlotField.GENERATION] as number, identity);
    this.ledger.expect(request, slot);
    this.connections.startPatience(lane, (this.classes[classIndex] as RequestClass).patienceUs);
    this.listener.requestStarted(nowUs, request, identity, slot);
  }

  private readHead(nowUs: number, lane: number, request: number, head: ResponseHead): void {
    if (head.setCookies.length === 0) return;
    this.writer.keepCookies(head, this.slotOf(lane), this.classOf(lane), nowUs);
    if (this.journal.rows[(request << 4) | TryField.IS_NEW] === 1) this.ledger.received(request, head);
  }

  /** A whole answer is there. */
  private complete(
    nowUs: number,
    lane: number,
    request: number,
    status: number,
    staysOpen: boolean,
    isProxyPage: boolean,
  ): void {
    const { journal } = this;
    let outcome: number = Outcome.BAD_STATUS;
    if (this.classOf(lane).isGood(status))
      outcome =
        journal.rows[(request << 4) | TryField.HIDES_ERROR] === 1 && !isProxyPage ? Outcome.HIDDEN_ERROR : Outcome.GOOD;
    if (!isProxyPage && (journal.rows[(request << 4) | TryField.STATE] as number) >= 0)
      this.takeState(nowUs, lane, request);
    if (!staysOpen) this.connections.forget(lane);
    else if (!this.spec.keepAlive) this.connections.close(lane);
    const sent = journal.sent[request];
    if (sent !== null && sent !== undefined) {
      journal.sent[request] = null;
      this.pool.giveBack(sent);
    }
    this.finishTry(nowUs, lane, outcome, status);
  }

  private takeState(nowUs: number, lane: number, request: number): void {
    const slot = this.slotOf(lane);
    const suffix = this.ledger.delivered(nowUs, slot, request);
    if (suffix !== "") this.writer.appendToTargets(slot, suffix);
  }

  private losePatience(nowUs: number, lane: number): void {
    const { lanes } = this;
    lanes.times[(lane << 3) | LaneTime.PATIENCE] = NOTHING;
    invariant(
      (lanes.rows[(lane << 4) | LaneField.REQUEST] as number) >= 0,
      "patience runs only while a request is out",
    );
    const outcome = lanes.rows[(lane << 4) | LaneField.CONNECTED] === 1 ? Outcome.TIMED_OUT : Outcome.NOT_CONNECTED;
    this.connections.close(lane);
    this.finishTry(nowUs, lane, outcome, 0);
  }

  private finishTry(nowUs: number, lane: number, outcome: number, status: number): void {
    const { lanes, listener, spec } = this;
    const slot = this.slotOf(lane);
    const request = lanes.rows[(lane << 4) | LaneField.REQUEST] as number;
    invariant(request >= 0, "a try ends once");
    lanes.rows[(lane << 4) | LaneField.REQUEST] = NOTHING;
    this.connections.stopPatience(lane);
    if (outcome === Outcome.GOOD) this.ledger.good(slot);
    else this.ledger.failed(nowUs, slot);
    const tries = (lanes.rows[(lane << 4) | LaneField.TRY] as number) + 1;
    const final = outcome === Outcome.GOOD || tries > spec.retry.attempts;
    listener.requestFinished(nowUs, request, outcome, status, final);
    if (!final) {
      this.scheduleRetry(nowUs, lane, slot, tries);
      return;
    }
    this.finishRequest(nowUs, lane, slot, outcome, tries);
    this.leaveLane(nowUs, slot, lane);
  }

  private finishRequest(nowUs: number, lane: number, slot: number, outcome: number, tries: number): void {
    const { lanes, slots } = this;
    const startedUs = lanes.times[(lane << 3) | LaneTime.STARTED] as number;
    this.listener.userRequestFinished(
      nowUs,
      startedUs,
      lanes.rows[(lane << 4) | LaneField.CLASS] as number,
      outcome,
      tries,
    );
    if (outcome !== Outcome.GOOD && this.draws.leaves(slot, lanes.rows[(lane << 4) | LaneField.ORDINAL] as number))
      slots.rows[(slot << 4) | SlotField.LEAVING] = 1;
  }

  private scheduleRetry(nowUs: number, lane: number, slot: number, tryNumber: number): void {
    this.lanes.rows[(lane << 4) | LaneField.TRY] = tryNumber;
    const waitUs = this.draws.backoffUs(slot, this.lanes.rows[(lane << 4) | LaneField.ORDINAL] as number, tryNumber);
    (this.net as ClientNet).wakeAt(nowUs + waitUs, wakeId(ClientWake.RETRY, lane));
  }

  /** The lane's request is over; after the last of a burst the session thinks or ends. */
  private leaveLane(nowUs: number, slot: number, lane: number): void {
    const { slots } = this;
    const active = (slots.rows[(slot << 4) | SlotField.ACTIVE] as number) - 1;
    invariant(active >= 0, "a burst ends once");
    slots.rows[(slot << 4) | SlotField.ACTIVE] = active;
    if (active > 0) {
      this.connections.rest(lane, Number.POSITIVE_INFINITY);
      return;
    }
    slots.rows[(slot << 4) | SlotField.STATE] = SlotState.THINKING;
    if (
      (slots.rows[(slot << 4) | SlotField.REQUESTS_LEFT] as number) <= 0 ||
      slots.rows[(slot << 4) | SlotField.LEAVING] === 1 ||
      this.isOver
    ) {
      this.endSession(nowUs, slot);
      return;
    }
    const thinkUs = this.draws.thinkUs(slot);
    this.connections.rest(lane, this.spec.parallel === 1 ? thinkUs : Number.POSITIVE_INFINITY);
    (this.net as ClientNet).wakeAt(nowUs + thinkUs, wakeId(ClientWake.NEXT, slot));
  }

  // ------------------------------------------------------------ tunnels

  /** The 101 came in time: the request is good, and the lane is taken until the tunnel closes. */
  private openTunnel(nowUs: number, lane: number): void {
    const { lanes } = this;
    const slot = this.slotOf(lane);
    const request = lanes.rows[(lane << 4) | LaneField.REQUEST] as number;
    this.connections.stopPatience(lane);
    if ((this.journal.rows[(request << 4) | TryField.STATE] as number) >= 0) this.takeState(nowUs, lane, request);
    this.ledger.good(slot);
    this.listener.requestFinished(nowUs, request, Outcome.GOOD, 101, true);
    this.finishRequest(nowUs, lane, slot, Outcome.GOOD, (lanes.rows[(lane << 4) | LaneField.TRY] as number) + 1);
    const endUs =
      nowUs + this.draws.tunnelUs(slot, lanes.rows[(lane << 4) | LaneField.ORDINAL] as number, this.classOf(lane).spec);
    lanes.times[(lane << 3) | LaneTime.TUNNEL_END] = endUs;
    (this.net as ClientNet).wakeAt(endUs, wakeId(ClientWake.TUNNEL_END, lane));
  }

  private endTunnel(nowUs: number, lane: number): void {
    // The alarm of a tunnel that was cut rings too; then another one may be open, or none.
    if (this.lanes.times[(lane << 3) | LaneTime.TUNNEL_END] !== nowUs) return;
    this.connections.close(lane);
    this.leaveTunnel(nowUs, lane);
  }

  private cutTunnel(nowUs: number, lane: number): void {
    this.listener.tunnelCut(nowUs, this.lanes.rows[(lane << 4) | LaneField.REQUEST] as number, this.slotOf(lane));
    this.connections.forget(lane);
    this.leaveTunnel(nowUs, lane);
  }

  private leaveTunnel(nowUs: number, lane: number): void {
    this.lanes.times[(lane << 3) | LaneTime.TUNNEL_END] = NOTHING;
    this.lanes.rows[(lane << 4) | LaneField.REQUEST] = NOTHING;
    this.leaveLane(nowUs, this.slotOf(lane), lane);
  }

  private laneOf(request: number): number {
    const lane = this.journal.rows[(request << 4) | TryField.LANE] as number;
    invariant(
      this.lanes.rows[(lane << 4) | LaneField.REQUEST] === request,
      "an answer belongs to a request that is out",
    );
    return lane;
  }

  private slotOf(lane: number): number {
    return (lane / this.spec.parallel) | 0;
  }

  private classOf(lane: number): RequestClass {
    return this.classes[this.lanes.rows[(lane << 4) | LaneField.CLASS] as number] as RequestClass;
  }
}
