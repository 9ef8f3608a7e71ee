import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, perBackend, perServer, placeOf } from "./diagnostic.ts";

/** Names that application servers give their session cookie by default. */
const SESSION_COOKIES = ["JSESSIONID", "PHPSESSID", "ASP.NET_SESSIONID", "SESSIONID", "SESSION", "SID", "CONNECT.SID"];

const overwritten = warning(
  "cookie-overwrites-session",
  "the persistence cookie has the name of the application's session cookie",
  perBackend(({ name, cookie }) => {
    if (cookie === null || cookie.mode !== "insert" || cookie.preserve) return null;
    if (!SESSION_COOKIES.includes(cookie.name.toUpperCase())) return null;
    const effect = cookie.indirect
      ? `the application's Set-Cookie ${cookie.name} is deleted and it never receives one back`
      : `the application's Set-Cookie ${cookie.name} is deleted and it receives a server name instead`;
    return {
      message: `cookie ${cookie.name} insert of backend ${name}: ${effect}; clients stay on their server and lose every session`,
      hint: `use a name of your own (cookie SRV insert indirect nocache), or cookie ${cookie.name} prefix`,
      position: cookie.position,
    };
  }),
);

const cookieMissing = warning(
  "server-without-cookie",
  "a server without a cookie value beside servers that have one",
  perServer((server, backend) => {
    const { cookie, name, servers } = backend;
    if (cookie === null || cookie.mode !== "insert" || cookie.dynamic || server.cookie !== null) return null;
    if (servers.every((each) => each.cookie === null)) return null;
    return {
      message: `server ${server.name} of backend ${name} has no cookie: its answers make clients delete the cookie ${cookie.name}, they are balanced anew each time`,
      hint: `add cookie ${server.name} to the line`,
      position: server.position,
    };
  }),
);

const noValues = warning(
  "cookie-without-server-values",
  "a persistence cookie, but no server has a value",
  perBackend(({ name, cookie, servers }) => {
    if (cookie === null || cookie.dynamic || servers.length === 0) return null;
    if (servers.some((each) => each.cookie !== null)) return null;
    return {
      message: `cookie ${cookie.name} of backend ${name} keeps no session: no server line has a cookie value`,
      hint: "add cookie VALUE to each server line",
      position: cookie.position,
    };
  }),
);

const noLine = warning(
  "server-cookie-unused",
  "servers have cookie values, but the backend has no cookie line",
  perServer((server, backend, subject) => {
    if (backend.cookie !== null || server.cookie === null || backend.mode !== "http") return null;
    return {
      message: `cookie ${server.cookie} on server ${server.name} does nothing: backend ${backend.name} has no cookie line`,
      hint: "add cookie SRV insert indirect nocache to the backend",
      position: placeOf(subject, backend, `server ${server.name} cookie`, server.position),
    };
  }),
);

const twice = note(
  "duplicate-cookie-value",
  "two servers share a cookie value",
  perServer((server, { cookie, servers, name }) => {
    const other = servers.find((each) => each.cookie === server.cookie && each.index < server.index);
    if (cookie === null || server.cookie === null || other === undefined) return null;
    return {
      message: `servers ${other.name} and ${server.name} of backend ${name} have the cookie value ${server.cookie}: a client of either goes to ${other.name} while that is up`,
      hint: null,
      position: server.position,
    };
  }),
);

const passive = note(
  "cookie-passive",
  "a cookie line without a mode only reads",
  perBackend(({ name, cookie }) => {
    if (cookie === null || cookie.mode !== "passive") return null;
    return {
      message: `cookie ${cookie.name} of backend ${name} has no mode: HAProxy reads the cookie but never sets it, the application must`,
      hint: "insert sets one, rewrite changes the application's, prefix puts the server before its value",
      position: cookie.position,
    };
  }),
);

const nocache = note(
  "cookie-nocache-cacheable-only",
  "nocache acts only on answers that look cacheable",
  perBackend(({ name, cookie }) => {
    if (cookie === null || !cookie.nocache || cookie.mode === "passive") return null;
    return {
      message: `nocache of backend ${name} adds Cache-control: private only to answers with max-age, Expires, ETag or Last-Modified; plain dynamic pages get none`,
      hint: null,
      position: cookie.position,
    };
  }),
);

const dynamicKey = warning(
  "cookie-dynamic-without-key",
  "cookie … dynamic without dynamic-cookie-key",
  perBackend(({ name, cookie, dynamicCookieKey }) => {
    if (cookie === null || !cookie.dynamic || dynamicCookieKey !== null) return null;
    return {
      message: `cookie ${cookie.name} dynamic of backend ${name} computes no values: there is no dynamic-cookie-key`,
      hint: "add dynamic-cookie-key SECRET",
      position: cookie.position,
    };
  }),
);

const useServer = note(
  "use-server-beats-cookie",
  "use-server decides before the cookie, and sets none",
  perBackend(({ name, cookie, useServer: rules }) => {
    const [first] = rules;
    if (cookie === null || first === undefined) return null;
    return {
      message: `use-server rules of backend ${name} win over cookie ${cookie.name}: such requests leave the client's server, and their answers set no cookie`,
      hint: "add the cookie's absence to the condition where sessions must hold",
      position: first.position,
    };
  }),
);

const stickStays = note(
  "stick-does-not-move-back",
  "after a failover stick-table entries stay with the new server",
  perBackend(({ name, stickRules }) => {
    const rule = stickRules.find((each) => each.kind === "match");
    if (rule === undefined) return null;
    return {
      message: `stick rules of backend ${name}: clients of a server that failed stay where they went, also when it is back, until their entry expires`,
      hint: null,
      position: rule.position,
    };
  }),
);

export const SESSIONS: readonly Diagnostic[] = [
  overwritten,
  cookieMissing,
  noValues,
  noLine,
  twice,
  passive,
  nocache,
  dynamicKey,
  useServer,
  stickStays,
];
