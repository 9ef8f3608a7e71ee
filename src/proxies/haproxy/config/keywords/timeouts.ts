import { hasBackend, hasFrontend, typeWord } from "../drafts.ts";
import { leadingInteger, readTime, trailingWarning } from "../number-values.ts";
import type { Keyword } from "./keyword.ts";

type Side = "frontend" | "backend" | "both";

const TIMEOUTS: ReadonlyMap<string, Side> = new Map([
  ["client", "frontend"],
  ["tarpit", "both"],
  ["http-keep-alive", "both"],
  ["http-request", "both"],
  ["server", "backend"],
  ["connect", "backend"],
  ["check", "backend"],
  ["queue", "backend"],
  ["tunnel", "backend"],
  ["client-fin", "frontend"],
  ["server-fin", "backend"],
]);

/** `timeout NAME TIME`: milliseconds without a unit, 0 = none. Source: HAProxy 2.6.12 src/proxy.c, proxy_parse_timeout. */
export const timeout: Keyword = (reader, args, proxy) => {
  const name = args.at(1);
  const value = args.at(2);
  const side = TIMEOUTS.get(name);
  if (side === undefined) {
    reader.alert(
      args,
      `'timeout' supports 'client', 'server', 'connect', 'check', 'queue', 'http-keep-alive', 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin' (got '${name}')`,
      1,
    );
    return;
  }
  if (value === "") {
    reader.alert(args, `'timeout ${name}' expects an integer value (in milliseconds)`, 1);
    return;
  }
  const read = readTime(value, "ms");
  if (read.kind === "over") {
    const most = "maximum value is 2147483647 ms or ~24.8 days";
    reader.alert(args, `timer overflow in argument '${value}' to 'timeout ${name}' (${most})`, 2);
    return;
  }
  if (read.kind === "character") {
    reader.alert(args, `unexpected character '${read.character}' in 'timeout ${name}'`, 2);
    return;
  }
  if (read.kind !== "time") return;
  if (read.trailing !== "") reader.report.warn(trailingWarning(value, read.trailing), args.position(2));
  if (args.at(3) !== "") {
    reader.alert(args, `'timeout ${name}' : unexpected extra argument '${args.at(3)}' after value '${value}'.`, 3);
    return;
  }
  const fits = side === "both" || (side === "frontend" ? hasFrontend(proxy) : hasBackend(proxy));
  const key = `timeout ${name}`;
  const own = proxy.settings.timeouts.get(name) ?? 0;
  if (!fits) {
    reader.warn(args, `'${key}' will be ignored because ${typeWord(proxy)} '${proxy.name}' has no ${side} capability`);
  } else if (proxy.kind !== "defaults" && own !== (proxy.inherited.get(name) ?? 0)) {
    reader.warn(args, `overwriting '${key}' which was already specified`);
  }
  proxy.places.set(key, args.span(0));
  proxy.settings.timeouts.set(name, read.us);
};

/** `clitimeout`, `srvtimeout`, `contimeout`: gone since 2.1. */
export const oldTimeout: Keyword = (reader, args) => {
  const name = { clitimeout: "client", srvtimeout: "server", contimeout: "connect" }[args.keyword] ?? "";
  reader.alert(
    args,
    `the '${args.keyword}' directive is not supported anymore since HAProxy 2.1. Use 'timeout ${name}'.`,
  );
};

/** `rate-limit sessions N`. */
export const rateLimit: Keyword = (reader, args, proxy) => {
  if (args.at(1) !== "sessions") {
    reader.alert(args, `'${args.keyword}' only supports 'sessions' (got '${args.at(1)}')`, 1);
    return;
  }
  const value = args.at(2);
  if (value === "") {
    reader.alert(args, `'${args.keyword} sessions' expects expects an integer value (in sessions/second)`, 1);
    return;
  }
  const wrong = /[^0-9]/.exec(value)?.[0];
  if (wrong !== undefined) {
    reader.alert(args, `'${args.keyword} sessions' : unexpected character '${wrong}' in integer value '${value}'`, 2);
    return;
  }
  if (!hasFrontend(proxy)) {
    reader.warn(
      args,
      `rate-limit sessions will be ignored because ${typeWord(proxy)} '${proxy.name}' has no frontend capability`,
    );
  }
  proxy.settings.rateLimitSessions = leadingInteger(value);
};
