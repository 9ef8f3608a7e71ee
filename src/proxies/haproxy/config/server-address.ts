import { Fault } from "./report.ts";

/** Where a server listens, as its line says. */
export interface ServerAddress {
  readonly host: string;
  /** Null = the client's destination port and `portOffset`. */
  readonly port: number | null;
  readonly portOffset: number;
}

/**
 * Reads HOST, HOST:PORT, HOST:+N, [V6]:PORT and /socket. A name is not looked up. Throws `Fault` with HAProxy's words.
 * Source: HAProxy 2.6.12 src/tools.c, str2sa_range.
 */
export function serverAddress(text: string): ServerAddress {
  const plain = text.replace(/^(?:ipv[46]@|tcp[46]?@)/, "");
  if (plain.startsWith("/") || /^(?:unix|abns)@/.test(plain)) return { host: plain, port: 0, portOffset: 0 };
  const cut = plain.startsWith("[") ? plain.indexOf("]:") + 1 : plain.lastIndexOf(":");
  const host = (cut <= 0 ? plain : plain.slice(0, cut)).replace(/^\[|\]$/g, "");
  const port = cut <= 0 ? "" : plain.slice(cut + 1);
  const [, sign = "", digits = ""] = /^([+-]?)(\d*)/.exec(port) ?? [];
  const wrong = port.slice(sign.length + digits.length)[0];
  if (/^\d+-\d+$/.test(port)) throw new Fault(`port range not permitted here in '${text}'`);
  if (wrong !== undefined) throw new Fault(`invalid character '${wrong}' in port number '${port}' in '${text}'`);
  const number = Number(digits === "" ? "0" : digits);
  if (sign !== "") return { host, port: null, portOffset: sign === "-" ? -number : number };
  if (number > 65535) throw new Fault(`invalid port '${port}'`);
  return { host, port: number === 0 ? null : number, portOffset: 0 };
}

/** True for a host that looks like an IPv4 address but isn't one: nobody resolves it. */
export function isBrokenAddress(host: string): boolean {
  if (!/^[0-9.]+$/.test(host) || host === "") return false;
  const parts = host.split(".");
  return parts.length !== 4 || parts.some((part) => part === "" || Number(part) > 255);
}
