import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, hashes, perBackend, placeOf, type Subject } from "./diagnostic.ts";

const namedFunction = warning(
  "hash-function-without-avalanche",
  "hash-type consistent with a named function loses its avalanche",
  perBackend((backend) => {
    const { hashType, name, hashTypePosition, position } = backend;
    if (!hashes(backend) || backend.balance.method === "source") return null;
    if (hashType.method !== "consistent" || hashType.avalanche) return null;
    return {
      message: `hash-type consistent ${hashType.function} of backend ${name} has no avalanche: similar keys gather on one server`,
      hint: `hash-type consistent ${hashType.function} avalanche, or hash-type consistent alone`,
      position: hashTypePosition ?? position,
    };
  }),
);

const sourceHash = note(
  "source-ignores-hash-function",
  "balance source applies no hash function",
  perBackend(({ balance, hashType, name, hashTypePosition }) => {
    if (balance.method !== "source" || hashTypePosition === null || hashType.function === "sdbm") return null;
    return {
      message: `backend ${name}: balance source uses the address itself, ${hashType.function} is not applied; neighbouring addresses alternate regularly`,
      hint: "balance hash src applies it",
      position: hashTypePosition,
    };
  }),
);

const factorUnused = warning(
  "hash-balance-factor-unused",
  "hash-balance-factor without a consistent hash",
  perBackend((backend, subject) => {
    if (backend.hashBalanceFactor === 0) return null;
    if (hashes(backend) && backend.hashType.method === "consistent") return null;
    return {
      message: `hash-balance-factor of backend ${backend.name} does nothing: it needs a hash method and hash-type consistent`,
      hint: null,
      position: placeOf(subject, backend, "hash-balance-factor", backend.position),
    };
  }),
);

const leastconnWeights = note(
  "leastconn-weights-when-idle",
  "leastconn ignores weights while servers are idle",
  perBackend(({ balance, servers, name, balancePosition, position }) => {
    const weights = new Set(servers.filter((each) => each.weight > 0).map((each) => each.weight));
    if (balance.method !== "leastconn" || weights.size < 2) return null;
    return {
      message: `weights in backend ${name} count only under load: while servers are idle leastconn takes turns, whatever they are`,
      hint: null,
      position: balancePosition ?? position,
    };
  }),
);

const roundrobinRuns = note(
  "roundrobin-comes-in-runs",
  "roundrobin serves heavy servers in runs",
  perBackend(({ balance, servers, name, balancePosition, position }) => {
    const weights = servers.filter((each) => each.weight > 0).map((each) => each.weight);
    if (balance.method !== "roundrobin" || new Set(weights).size < 2) return null;
    return {
      message: `roundrobin of backend ${name} is not smooth: weights 5, 1, 1 give 1 1 1 2 1 1 3; a server that returns is served about one full turn later`,
      hint: null,
      position: balancePosition ?? position,
    };
  }),
);

const emptyParameter = note(
  "url-param-empty-is-one-server",
  "an empty parameter is hashed, a missing one is not",
  perBackend(({ balance, name, balancePosition, position }) => {
    if (balance.method !== "url_param") return null;
    return {
      message: `url_param ${balance.parameter} of backend ${name}: requests with an empty ${balance.parameter}= all go to one server, those without it take turns`,
      hint: null,
      position: balancePosition ?? position,
    };
  }),
);

const firstNeedsLimit = warning(
  "first-without-maxconn",
  "balance first without maxconn sends everything to one server",
  perBackend(({ balance, servers, name, balancePosition, position }) => {
    const [first] = [...servers].sort((a, b) => a.id - b.id);
    if (balance.method !== "first" || first === undefined || first.maxconn > 0 || servers.length < 2) return null;
    return {
      message: `balance first of backend ${name}: ${first.name} has no maxconn, so it takes every request`,
      hint: "set maxconn on the server lines",
      position: balancePosition ?? position,
    };
  }),
);

const staticSlowstart = note(
  "slowstart-static-method",
  "slowstart does not change weights of static methods",
  perBackend((backend, subject) => {
    const isStatic =
      backend.balance.method === "static-rr" || (hashes(backend) && backend.hashType.method === "map-based");
    const slow = backend.servers.find((each) => each.slowstartUs > 0);
    if (!isStatic || slow === undefined) return null;
    return {
      message: `slowstart of server ${slow.name} leaves its weight alone: ${backend.balance.method} has fixed weights`,
      hint: "roundrobin, leastconn and consistent hashes follow it",
      position: placeOf(subject, backend, `server ${slow.name} slowstart`, slow.position),
    };
  }),
);

const allZero = warning(
  "all-weights-zero",
  "no server can be chosen",
  perBackend(({ servers, name, position }) => {
    if (servers.length === 0 || servers.some((each) => each.weight > 0 && !each.disabled)) return null;
    return {
      message: `every server of backend ${name} has weight 0 or is disabled: clients without a cookie get 503`,
      hint: null,
      position: servers[0]?.position ?? position,
    };
  }),
);

const noServers = warning("backend-without-servers", "a backend that can't answer", (subject: Subject) =>
  subject.config.backends
    .filter(({ servers, requestRules, redirects }) => servers.length + requestRules.length + redirects.length === 0)
    .map(({ name, position }) => ({
      message: `backend ${name} has no server: every request to it gets 503`,
      hint: "add a server line",
      position,
    })),
);

const notANumber = warning("number-read-as-zero", "a word where a number belongs counts as 0", (subject: Subject) =>
  subject.notNumbers.map(({ keyword, word, position }) => ({
    message: `${keyword} ${word} is read as ${keyword} 0: HAProxy takes words for 0 without a message`,
    hint: "write a number",
    position,
  })),
);

export const METHODS: readonly Diagnostic[] = [
  namedFunction,
  sourceHash,
  factorUnused,
  leastconnWeights,
  roundrobinRuns,
  emptyParameter,
  firstNeedsLimit,
  staticSlowstart,
  allZero,
  noServers,
  notANumber,
];
