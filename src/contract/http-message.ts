import type { Text } from "./text.ts";

/** One header field as it travels; the name in the spelling of its sender. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export const NO_HEADERS: readonly Header[] = [];
export const NO_TEXTS: readonly Text[] = [];

/**
 * A request as the client sends it. The record belongs to the driver and is reused when the request has ended:
 * a machine copies what it needs longer.
 */
export interface ClientRequest {
  method: string;
  /** Request target: path with parameters and query, as written on the request line. */
  target: Text;
  host: Text;
  /** The whole Cookie header, or null when the client sends none. */
  cookie: Text | null;
  /** All other headers that matter; without Host, Cookie, Connection and Upgrade. */
  headers: readonly Header[];
  bodyBytes: number;
  chunked: boolean;
  /** The protocol asked for with `Upgrade`, or null. */
  upgrade: string | null;
  /** The client is willing to send another request on this connection. */
  keepAlive: boolean;
}

/** A request as the backend sees it: the proxy has chosen URL, Host and Cookie. Belongs to the machine. */
export interface ForwardedRequest {
  method: string;
  target: Text;
  host: Text;
  cookie: Text | null;
  /** Headers that the proxy passes on or adds; without Host, Cookie, Connection and Upgrade. */
  headers: readonly Header[];
  bodyBytes: number;
  upgrade: string | null;
  /** The proxy asks for "100 Continue" before it sends the body. */
  expectContinue: boolean;
  /** The Connection header; null = none; left away = as the connection is used (Keep-Alive, Upgrade). */
  connection?: string | null;
  /** Length of request line and header block as sent, in bytes. */
  headBytes: number;
}

/**
 * The head of an answer. Immutable and shared: a backend that gives the same answer again gives the same object,
 * a proxy that changes nothing relays the very object it was given.
 */
export interface ResponseHead {
  readonly status: number;
  /** Reason phrase on the status line (Apache counts its length as traffic). */
  readonly reason: string;
  readonly setCookies: readonly Text[];
  readonly location: Text | null;
  /** All other headers that matter. */
  readonly headers: readonly Header[];
  /** The sender keeps the connection open after this answer. */
  readonly keepAlive: boolean;
}
