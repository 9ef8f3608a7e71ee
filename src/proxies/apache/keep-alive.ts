import type { Header } from "../../contract/http-message.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { ServerConfig } from "./config/apache-config.ts";

const DROPPING = new Set([400, 408, 411, 413, 414, 500, 501, 503]);

/**
 * Whether the server offers to keep a client connection (httpd: ap_set_keepalive of http_protocol.c): KeepAlive On, not after
 * MaxKeepAliveRequests more answers, not after an answer that ends the connection in any case.
 */
export function mayKeepAlive(server: ServerConfig, connection: ClientConnection, status: number): boolean {
  if (!server.keepAlive || server.keepAliveTimeoutUs <= 0) return false;
  if (server.maxKeepAliveRequests > 0 && connection.keepalives >= server.maxKeepAliveRequests) return false;
  if (connection.gone || connection.process?.ending === true) return false;
  return status < 400 || !DROPPING.has(status);
}

/**
 * Connection and Keep-Alive of an answer.
 * @param keepalives answers before this one after which the connection stayed open
 */
export function keepAliveHeaders(server: ServerConfig, keepalives: number, staysOpen: boolean): readonly Header[] {
  if (!staysOpen) return [{ name: "Connection", value: "close" }];
  const timeout = `timeout=${Math.floor(server.keepAliveTimeoutUs / 1_000_000)}`;
  const max = server.maxKeepAliveRequests > 0 ? `, max=${server.maxKeepAliveRequests - keepalives}` : "";
  return [
    { name: "Connection", value: "Keep-Alive" },
    { name: "Keep-Alive", value: timeout + max },
  ];
}
