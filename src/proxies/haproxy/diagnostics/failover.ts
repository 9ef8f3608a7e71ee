import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, hashes, isWritten, perBackend, placeOf, secondsText } from "./diagnostic.ts";

const noRedispatch = note(
  "no-redispatch",
  "without option redispatch a request stays with the server that refuses it",
  perBackend(({ name, servers, redispatch, retries, timeouts, position }) => {
    const isRisky = servers.filter((each) => !each.backup).length > 1 && servers.some((each) => !each.check.enabled);
    if (redispatch !== null || !isRisky) return null;
    const waitUs = Math.max(0, retries) * Math.min(1_000_000, timeouts.connectUs ?? 1_000_000);
    return {
      message: `backend ${name} has unchecked servers and no option redispatch: requests given to a dead one wait ${secondsText(waitUs)} and get 503`,
      hint: "add option redispatch, and check to the server lines",
      position,
    };
  }),
);

const stickyLate = note(
  "redispatch-sticky-late",
  "option redispatch moves a client with a cookie only on its last retry",
  perBackend((backend, subject) => {
    const { name, cookie, redispatch, retries, timeouts, position } = backend;
    if (redispatch !== -1 || cookie === null || retries < 2) return null;
    const waitUs = (retries - 1) * Math.min(1_000_000, timeouts.connectUs ?? 1_000_000);
    return {
      message: `option redispatch of backend ${name}: a client whose cookie names a dead server waits ${secondsText(waitUs)} before it is switched`,
      hint: "option redispatch 1 switches at the first retry",
      position: placeOf(subject, backend, "option redispatch", position),
    };
  }),
);

const retriesZero = warning(
  "retries-zero-disables-redispatch",
  "retries 0 leaves nothing to redispatch",
  perBackend((backend, subject) => {
    const { name, redispatch, retries, position } = backend;
    if (redispatch === null || retries > 0) return null;
    return {
      message: `backend ${name} has option redispatch and retries ${retries}: redispatch happens on a retry, so it never does`,
      hint: "write retries 1 or more",
      position: placeOf(subject, backend, "option redispatch", position),
    };
  }),
);

const redispatchZero = warning(
  "redispatch-interval-zero",
  "option redispatch with an interval that never matches",
  perBackend((backend, subject) => {
    if (backend.redispatch !== 0) return null;
    return {
      message: `option redispatch of backend ${backend.name} has the interval 0: clients with a cookie are never switched`,
      hint: "leave the number out, or write 1",
      position: placeOf(subject, backend, "option redispatch", backend.position),
    };
  }),
);

const mapStays = warning(
  "map-hash-never-leaves",
  "a map-based hash chooses the dead server again",
  perBackend((backend, subject) => {
    if (backend.redispatch === null || !hashes(backend) || backend.hashType.method !== "map-based") return null;
    if (backend.servers.length < 2) return null;
    return {
      message: `backend ${backend.name}: option redispatch does not help a map-based hash, it chooses the same server until a check marks it down`,
      hint: "hash-type consistent goes on to the next server",
      position: placeOf(subject, backend, "option redispatch", backend.balancePosition ?? backend.position),
    };
  }),
);

const postTwice = warning(
  "l7-retry-repeats-post",
  "retry-on repeats requests that the server may have carried out",
  perBackend((backend, subject) => {
    const { emptyResponse, responseTimeout, junkResponse, statuses } = backend.retryOn;
    if (!emptyResponse && !responseTimeout && !junkResponse && statuses.length === 0) return null;
    const guard = (rule: { readonly action: { readonly kind: string } }): boolean =>
      rule.action.kind === "disable-l7-retry";
    const guarded = [...backend.requestRules, ...subject.config.frontends.flatMap((f) => f.requestRules)].some(guard);
    if (guarded) return null;
    return {
      message: `retry-on of backend ${backend.name} sends POST again too, though the server may have worked on it`,
      hint: "http-request disable-l7-retry unless METH_GET",
      position: placeOf(subject, backend, "retry-on", backend.position),
    };
  }),
);

const firstBackup = note(
  "backup-first-only",
  "only the first backup works unless allbackups is set",
  perBackend(({ name, servers, allBackups }) => {
    const backups = servers.filter((each) => each.backup);
    const second = backups[1];
    if (allBackups || second === undefined) return null;
    return {
      message: `backend ${name} has ${backups.length} backups: only ${backups[0]?.name} takes requests while it is up, weights of backups do not count`,
      hint: "option allbackups balances over all of them",
      position: second.position,
    };
  }),
);

const abortOnClose = warning(
  "abortonclose-in-backend",
  "option abortonclose in a backend section has no effect",
  perBackend((backend, subject) => {
    const isSeparate = subject.drafts.some(({ name, kind }) => name === backend.name && kind === "backend");
    if (!isSeparate || !backend.abortOnClose || !isWritten(subject, backend, "option abortonclose")) return null;
    const users = subject.config.frontends.filter((each) => !each.abortOnClose);
    if (users.length === 0) return null;
    return {
      message: `option abortonclose in backend ${backend.name} does nothing: the frontend decides whether to look for clients that leave`,
      hint: "write it into defaults or listen",
      position: placeOf(subject, backend, "option abortonclose", backend.position),
    };
  }),
);

export const FAILOVER: readonly Diagnostic[] = [
  noRedispatch,
  stickyLate,
  retriesZero,
  redispatchZero,
  mapStays,
  postTwice,
  firstBackup,
  abortOnClose,
];
