import type { ClientRequest, ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import type { Probe } from "../contract/outbox.ts";

/** What a side may ask of the driver to be woken; both nets have it. Ids are the side's own (int32). */
export interface Alarm {
  /** Wakes the side at an absolute time; there is no cancelling: a side ignores what it no longer waits for. */
  wakeAt(timeUs: number, id: number): void;
  /**
   * Wakes the side after a duration that many timers share (patience, idle limits); cheap to cancel.
   * Answers a handle for `stopTimer`.
   */
  startTimer(durationUs: number, id: number): number;
  stopTimer(handle: number): void;
}

/** What clients can do; given by the driver. Nothing happens inside these calls: effects come later, at the same instant or after. */
export interface ClientNet extends Alarm {
  /** Opens a connection to the proxy from a source address; answers its id (dense, reused after it is closed). */
  open(remote: string, listener: number): number;
  /**
   * Sends a request; if the connection is not established yet it goes out when it is. One at a time per connection.
   * The driver copies nothing: the record must stay as it is until the request is finished. Answers the request id.
   */
  request(connection: number, what: ClientRequest): number;
  /** Sends the first bytes of a head and no more (a slow or broken client). */
  startHead(connection: number): void;
  /** Closes a connection; whatever runs on it gets no answer. */
  close(connection: number): void;
}

/** Who stands in front of the proxy: simulated users, or the script of a recorded case. */
export interface ClientSide {
  start(net: ClientNet, nowUs: number): void;
  /** An alarm rang. */
  wake(nowUs: number, id: number): void;
  /** The kernel of the proxy's machine established the connection. */
  connected(nowUs: number, connection: number): void;
  /** A complete answer. `staysOpen`: the connection can be used again. `page` ≥ 0: the proxy answered by itself with that page. */
  answered(
    nowUs: number,
    request: number,
    head: ResponseHead,
    bodyBytes: number,
    staysOpen: boolean,
    page: number,
  ): void;
  /** Parts of an answer; only when it does not come at one instant. */
  answerHead(nowUs: number, request: number, head: ResponseHead): void;
  answerBody(nowUs: number, request: number, bytes: number): void;
  answerEnd(nowUs: number, request: number, staysOpen: boolean): void;
  /** The proxy answered a connection on which no request was sent whole, and closed it. */
  refused(nowUs: number, connection: number, head: ResponseHead, page: number): void;
  /** The proxy closed the connection; `request` ≥ 0 had no (complete) answer yet. */
  closed(nowUs: number, connection: number, request: number): void;
}

/** What becomes of a connect to a backend. */
export const Accept = {
  ACCEPTED: 1,
  REFUSED: 2,
  /** Nothing answers (black hole): the proxy finds out by its own timeout. */
  SILENT: 3,
  /** The name has no address. */
  NO_NAME: 4,
} as const;

/** What backends can do; given by the driver. */
export interface BackendNet extends Alarm {
  interim(exchange: number, status: number): void;
  answer(exchange: number, head: ResponseHead, bodyBytes: number): void;
  answerHead(exchange: number, head: ResponseHead): void;
  answerBody(exchange: number, bytes: number): void;
  answerEnd(exchange: number): void;
  /** Closes the connection of a running exchange; `reset` = RST instead of FIN. */
  breakOff(exchange: number, reset: boolean): void;
  /** Closes a connection on which nothing runs. */
  closeIdle(connection: number): void;
  /** Closes everything that stands between the proxy and this backend (the process died): RST on running exchanges, FIN on idle connections. */
  closeAll(backend: number, reset: boolean): void;
  /** Sets the latency that a fault adds, one way, between the proxy and this backend. */
  setExtraLatency(backend: number, addUs: number): void;
  probeAnswer(probe: number, status: number, body: string): void;
  /** A backend tells the proxy by itself how busy it is: requests in work, free places. */
  loadReport(backend: number, busy: number, ready: number): void;
  /** The probe's connection broke or was refused after all. */
  probeBroken(probe: number, reset: boolean): void;
}

/** Who stands behind the proxy. Backends are numbered as the driver was told; ids of connections and exchanges are the driver's. */
export interface BackendSide {
  start(net: BackendNet, nowUs: number): void;
  wake(nowUs: number, id: number): void;
  /** A SYN of the proxy reaches the backend. Answers one of Accept. */
  connect(nowUs: number, backend: number, connection: number): number;
  /**
   * A request arrives on an accepted connection. `request` identifies the client's request (only for joining records:
   * what the application sees is `what`). `what` is valid until the exchange has ended.
   */
  request(
    nowUs: number,
    backend: number,
    connection: number,
    exchange: number,
    request: number,
    what: ForwardedRequest,
  ): void;
  /** The body follows after an interim answer. */
  bodyFollows(nowUs: number, exchange: number): void;
  /** The proxy closed the connection while the exchange was running. */
  abandoned(nowUs: number, exchange: number): void;
  /** The proxy closed an idle connection. */
  connectionClosed(nowUs: number, connection: number): void;
  /** The client's end of a switched connection closed. */
  tunnelClosed(nowUs: number, exchange: number): void;
  /** A health check: answers one of Accept; when accepted, `probeAnswer`/`probeBroken` follow (or nothing: it hangs). */
  probe(nowUs: number, backend: number, probe: number, what: Probe): number;
}
