import { note, warning } from "../../shared/diagnostic.ts";
import { variablesOf } from "../config/compile-template.ts";
import { type Diagnostic, perUpstream } from "./diagnostic.ts";

const threeOctets = note(
  "ip-hash-uses-three-octets",
  "ip_hash sends a whole /24 network to one server",
  perUpstream(({ name, method, methodPosition }, { config }) => {
    if (method.kind !== "ip_hash") return null;
    const knowsClients = config.servers.some(({ root }) => root.settings.realIp !== null);
    const behind = knowsClients ? "" : "; behind another proxy all clients have that proxy's address";
    const message = `ip_hash of ${name} looks at three octets of an IPv4 address: clients of one /24 share a server${behind}`;
    const hint = knowsClients
      ? "hash $remote_addr looks at the whole address"
      : "set_real_ip_from and real_ip_header tell the clients apart";
    return { message, hint, position: methodPosition };
  }),
);

const emptyKey = warning(
  "hash-key-may-be-empty",
  "a hash key that a request may lack means round robin",
  perUpstream(({ name, method, methodPosition }) => {
    if (method.kind !== "hash") return null;
    const variables = variablesOf(method.key);
    const isOptional = (variable: string) => /^(?:cookie_|arg_|http_(?!host$))/.test(variable);
    if (variables.length === 0 || !variables.every(isOptional)) return null;
    const message = `requests without $${variables[0]} go round robin in ${name}: a session is made on one server, and its later requests mostly go to another`;
    return {
      message,
      hint: "sessions must be shared by all servers, or bound by sticky cookie",
      position: methodPosition,
    };
  }),
);

const constantKey = warning(
  "hash-key-is-constant",
  "a hash key without variables sends everything to one server",
  perUpstream(({ name, method, methodPosition }) => {
    if (method.kind !== "hash" || method.key.parts.some(({ kind }) => kind !== "text")) return null;
    const message = `the hash key of ${name} has no variable: all requests go to one server`;
    return { message, hint: "hash $request_uri, $remote_addr or a cookie", position: methodPosition };
  }),
);

const backupWithHash = warning(
  "backup-with-hash",
  "hash, ip_hash and random reach a backup only after they give up",
  perUpstream(({ name, method, servers }) => {
    const backup = servers.find((server) => server.backup);
    if (backup === undefined || !["hash", "ip_hash", "random"].includes(method.kind)) return null;
    const message = `${method.kind} of ${name} does not know backups: ${backup.text} is used only after 20 failed draws, by round robin; with the method line first nginx refuses backup`;
    return { message, hint: "leave backup out, or use least_conn", position: backup.position };
  }),
);

const ringText = note(
  "ring-uses-server-text",
  "the consistent ring hashes the text of the server lines",
  perUpstream(({ name, method, servers }) => {
    if (method.kind !== "hash" || !method.consistent) return null;
    const server = servers.find(({ text }) => !/:\d+$/.test(text) || !/^[\d.[\]:a-fA-F]+$/.test(text));
    if (server === undefined) return null;
    const message = `the ring of ${name} hashes "${server.text}" as it is written: another spelling of the same address moves sessions`;
    return { message, hint: "write address and port the same way on every proxy", position: server.position };
  }),
);

const downSlots = note(
  "deleted-server-moves-clients",
  "a server marked down keeps its hash slots, a deleted line does not",
  perUpstream(({ name, method, servers }) => {
    const down = servers.find((server) => server.down);
    if (down === undefined || !["hash", "ip_hash"].includes(method.kind)) return null;
    const message = `${down.text} is down and keeps its slots in ${name}: only its clients are rehashed, at each request`;
    return { message, hint: null, position: down.position };
  }),
);

const leastConnIdle = note(
  "least-conn-alone-is-round-robin",
  "least_conn without requests at the same time is weighted round robin",
  perUpstream(({ name, method, methodPosition }) => {
    if (method.kind !== "least_conn") return null;
    const message = `least_conn of ${name} compares requests in flight; while none overlap it is weighted round robin`;
    return { message, hint: null, position: methodPosition };
  }),
);

export const METHODS: readonly Diagnostic[] = [
  leastConnIdle,
  threeOctets,
  emptyKey,
  constantKey,
  backupWithHash,
  ringText,
  downSlots,
];
