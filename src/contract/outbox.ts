import type { ForwardedRequest, ResponseHead } from "./http-message.ts";

/** What a machine may ask the driver to do. Numbers, because they are switched on for every action of every request. */
export const Action = {
  /** Open a backend connection: a = attempt, b = connection, c = address index, us = connect timeout. */
  CONNECT: 1,
  /** Send the attempt's request on an open connection: a = attempt, b = connection, us = longest silence allowed, ref = ForwardedRequest. */
  SEND: 2,
  /** Close a backend connection (a running exchange on it is abandoned and tells nothing more): b = connection. */
  CLOSE_BACKEND: 3,
  /** Pass the head of the answer on to the client: a = request, b = 1 when the client connection stays open afterwards, ref = ResponseHead. */
  RELAY_HEAD: 4,
  /** Pass body bytes on: a = request, us = bytes. */
  RELAY_BODY: 5,
  /** The answer is complete: a = request. */
  RELAY_END: 6,
  /** Head, whole body and end at once: a = request, b = 1 when the connection stays open, us = body bytes, ref = ResponseHead. */
  RELAY: 7,
  /** The proxy answers by itself: a = request, b = 1 when the connection stays open, c = page id (see ProxyMachine.page), ref = ResponseHead. */
  REPLY: 8,
  /** Close a client connection; what was asked on it and not answered gets no answer: a = client connection. */
  DROP: 9,
  /** Join client and backend of a switched connection: a = request (its 101 went out before). */
  TUNNEL: 10,
  /** Wake me: a = timer id, us = delay. A timer that runs already is moved. */
  SET_TIMER: 11,
  /** a = timer id; unknown ones are fine. */
  CANCEL_TIMER: 12,
  /** Ask a backend for its health: a = probe id, c = address index, us = timeout, ref = Probe. */
  PROBE: 13,
  /** The request is over for the proxy (nothing is held for it any more): a = request. */
  DONE: 14,
  /** Answer a connection on which no request came whole, then close it: a = client connection, c = page id, ref = ResponseHead. */
  REFUSE: 15,
} as const;

/** A health check to be sent on a connection of its own. */
export interface Probe {
  /** "TCP" only connects; otherwise an HTTP method. */
  readonly method: string;
  readonly target: string;
  readonly host: string;
}

/** What an action says: column of `rows[(i << 2) | …]`. */
export const ActionField = { KIND: 0, A: 1, B: 2, C: 3 } as const;

const INITIAL = 32;

/**
 * The actions of one call to a machine, in order. The driver empties it after every call; a machine never reads it.
 * Rows that are reused for ever: nothing is allocated per action.
 */
export class Outbox {
  count = 0;
  rows = new Int32Array(INITIAL << 2);
  us = new Float64Array(INITIAL);
  ref: (ForwardedRequest | ResponseHead | Probe | null)[] = new Array(INITIAL).fill(null);

  private put(
    kind: number,
    a: number,
    b: number,
    c: number,
    us: number,
    ref: ForwardedRequest | ResponseHead | Probe | null,
  ): void {
    const i = this.count;
    if (i === this.us.length) this.grow();
    this.count = i + 1;
    const { rows } = this;
    const at = i << 2;
    rows[at | ActionField.KIND] = kind;
    rows[at | ActionField.A] = a;
    rows[at | ActionField.B] = b;
    rows[at | ActionField.C] = c;
    this.us[i] = us;
    this.ref[i] = ref;
  }

  private grow(): void {
    const rows = new Int32Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
    const us = new Float64Array(this.us.length * 2);
    us.set(this.us);
    this.us = us;
    while (this.ref.length < us.length) this.ref.push(null);
  }

  connect(attempt: number, connection: number, address: number, timeoutUs: number): void {
    this.put(Action.CONNECT, attempt, connection, address, timeoutUs, null);
  }
  send(attempt: number, connection: number, silenceUs: number, request: ForwardedRequest): void {
    this.put(Action.SEND, attempt, connection, 0, silenceUs, request);
  }
  closeBackend(connection: number): void {
    this.put(Action.CLOSE_BACKEND, 0, connection, 0, 0, null);
  }
  relayHead(request: number, head: ResponseHead, staysOpen: boolean): void {
    this.put(Action.RELAY_HEAD, request, staysOpen ? 1 : 0, 0, 0, head);
  }
  relayBody(request: number, bytes: number): void {
    this.put(Action.RELAY_BODY, request, 0, 0, bytes, null);
  }
  relayEnd(request: number): void {
    this.put(Action.RELAY_END, request, 0, 0, 0, null);
  }
  relay(request: number, head: ResponseHead, bodyBytes: number, staysOpen: boolean): void {
    this.put(Action.RELAY, request, staysOpen ? 1 : 0, 0, bodyBytes, head);
  }
  reply(request: number, head: ResponseHead, page: number, staysOpen: boolean): void {
    this.put(Action.REPLY, request, staysOpen ? 1 : 0, page, 0, head);
  }
  drop(clientConnection: number): void {
    this.put(Action.DROP, clientConnection, 0, 0, 0, null);
  }
  tunnel(request: number): void {
    this.put(Action.TUNNEL, request, 0, 0, 0, null);
  }
  setTimer(timer: number, delayUs: number): void {
    this.put(Action.SET_TIMER, timer, 0, 0, delayUs, null);
  }
  cancelTimer(timer: number): void {
    this.put(Action.CANCEL_TIMER, timer, 0, 0, 0, null);
  }
  probe(probe: number, address: number, timeoutUs: number, what: Probe): void {
    this.put(Action.PROBE, probe, 0, address, timeoutUs, what);
  }
  refuse(clientConnection: number, head: ResponseHead, page: number): void {
    this.put(Action.REFUSE, clientConnection, 0, page, 0, head);
  }
  done(request: number): void {
    this.put(Action.DONE, request, 0, 0, 0, null);
  }
}
