import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, perBackend, perServer, placeOf } from "./diagnostic.ts";

const connectOnly = note(
  "check-connects-only",
  "check without option httpchk only opens a connection",
  perBackend(({ mode, healthCheck, servers, name }) => {
    const checked = servers.find((each) => each.check.enabled);
    if (mode !== "http" || healthCheck.kind !== "tcp" || checked === undefined) return null;
    return {
      message: `checks of backend ${name} only open a connection: an application that accepts and hangs, or answers 500, stays up`,
      hint: "option httpchk GET /health",
      position: checked.position,
    };
  }),
);

const oneLife = note(
  "check-one-life-at-start",
  "the first failed check after the start takes a server down, whatever fall says",
  perServer((server, _backend) => {
    if (!server.check.enabled || server.check.fall <= 5) return null;
    return {
      message: `server ${server.name} begins with one life: until its first check has passed, one failure takes it down in spite of fall ${server.check.fall}`,
      hint: null,
      position: server.position,
    };
  }),
);

const observeUnchecked = warning(
  "observe-without-check",
  "observe needs check",
  perServer((server, backend, subject) => {
    if (server.observe === "none" || server.check.enabled) return null;
    return {
      message: `observe ${server.observe} on server ${server.name} does nothing without check`,
      hint: "add check",
      position: placeOf(subject, backend, `server ${server.name} observe`, server.position),
    };
  }),
);

const failCheckRounds = note(
  "observe-needs-fall-rounds",
  "on-error fail-check counts error-limit errors as one failed check",
  perServer((server, backend, subject) => {
    const { observe, check, onError, errorLimit } = server;
    if (observe === "none" || !check.enabled || onError !== "fail-check" || check.fall < 2) return null;
    return {
      message: `observe ${observe} on server ${server.name}: ${errorLimit} errors in a row count as one failed check, it takes ${errorLimit * check.fall} to take the server down`,
      hint: "on-error mark-down acts at once",
      position: placeOf(subject, backend, `server ${server.name} observe`, server.position),
    };
  }),
);

const unobservedStatuses = note(
  "observe-passes-over-501",
  "observe layer7 never counts 501 and 505",
  perServer((server, backend, subject) => {
    if (server.observe !== "layer7" || !server.check.enabled) return null;
    return {
      message: `observe layer7 on server ${server.name} counts answers 500 to 599 as errors, but never 501 and 505`,
      hint: null,
      position: placeOf(subject, backend, `server ${server.name} observe`, server.position),
    };
  }),
);

const uncheckedTimers = warning(
  "check-parameters-without-check",
  "parameters of checks on a server that is not checked",
  perServer((server, backend, subject) => {
    if (server.check.enabled || server.track !== null) return null;
    const keys = ["inter", "fastinter", "downinter", "rise", "fall", "slowstart", "on-marked-down", "on-marked-up"];
    const key = keys.find((each) =>
      subject.drafts.some((d) => d.name === backend.name && d.places.has(`server ${server.name} ${each}`)),
    );
    if (key === undefined) return null;
    return {
      message: `${key} on server ${server.name} does nothing: the server is not checked and always counts as up`,
      hint: "add check",
      position: placeOf(subject, backend, `server ${server.name} ${key}`, server.position),
    };
  }),
);

const minconnAlone = warning(
  "minconn-without-maxconn",
  "minconn needs maxconn",
  perServer((server, backend, subject) => {
    const at = subject.drafts.find(({ name }) => name === backend.name)?.places.get(`server ${server.name} minconn`);
    if (at === undefined || server.maxconn > 0) return null;
    return {
      message: `minconn on server ${server.name} does nothing without maxconn`,
      hint: "add maxconn",
      position: at,
    };
  }),
);

const killed = note(
  "shutdown-sessions-502",
  "requests killed by on-marked-down get 502",
  perServer((server, backend, subject) => {
    if (!server.shutdownSessionsOnDown || !server.check.enabled) return null;
    return {
      message: `on-marked-down shutdown-sessions on server ${server.name}: its requests in flight get 502 the moment checks take it down`,
      hint: null,
      position: placeOf(subject, backend, `server ${server.name} on-marked-down`, server.position),
    };
  }),
);

export const HEALTH_CHECKS: readonly Diagnostic[] = [
  connectOnly,
  oneLife,
  observeUnchecked,
  failCheckRounds,
  unobservedStatuses,
  uncheckedTimers,
  minconnAlone,
  killed,
];
