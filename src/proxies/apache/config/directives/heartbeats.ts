import { atoi } from "../unit-values.ts";
import { type Call, type HandlerTable, refuse } from "./call.ts";

/** Fewer slots than this are not offered by mod_heartmonitor; 0 stands for a file. */
const LEAST_SLOTS = 10;

interface HostPort {
  readonly host: string | null;
  readonly port: number;
}

/** Host and port as `apr_parse_addr_port` takes a text apart: port 0 = none was written; null = it can't be read. */
function hostPort(text: string): HostPort | null {
  const [, before, digits] = /^(?:(.*):)?(\d+)$/s.exec(text) ?? [];
  if (digits === undefined) return { host: text, port: 0 };
  const port = Number(digits);
  if (port < 1 || port > 65_535 || before === "") return null;
  return { host: before ?? null, port };
}

/** Checks the address of HeartbeatListen or HeartbeatAddress; only IPv4 is looked up (mod_heartmonitor.c, mod_heartbeat.c). */
function checkedAddress(call: Call, what: string, lookupFailed: string): string {
  const text = call.words[0]?.text ?? "";
  const parsed = hostPort(text);
  const { name } = call.known;
  if (parsed === null) refuse(call, `${name}: Unable to parse ${what}.`);
  if (parsed.host === null) refuse(call, `${name}: No host provided in ${what}`);
  if (parsed.port === 0) refuse(call, `${name}: No port provided in ${what}`);
  if (parsed.host === "*" || parsed.host.includes(":")) refuse(call, `${name}: ${lookupFailed}`);
  return text;
}

function listen(call: Call): void {
  const { draft } = call.reader;
  if (draft.heartbeatListen !== null) refuse(call, "HeartbeatListen: May only be specified once.");
  draft.heartbeatListen = checkedAddress(
    call,
    "multicast address",
    "apr_sockaddr_info_get failed on multicast address",
  );
}

/** Where this server itself reports to: checked, then of no consequence for what it proxies. */
function address(call: Call): void {
  const { draft } = call.reader;
  if (draft.heartbeatAddress !== null) refuse(call, "HeartbeatAddress: May only be specified once.");
  draft.heartbeatAddress = checkedAddress(call, "address", "apr_sockaddr_info_get failed.");
}

/** Reports are kept in memory or in the file; the simulation keeps them the same way. */
function maxServers(call: Call): void {
  const slots = atoi(call.words[0]?.text ?? "");
  if (slots === 0 || slots >= LEAST_SLOTS) return;
  refuse(call, "HeartbeatMaxServers: Should be 0 for file storage, or greater or equal than 10 for slotmem");
}

function storage(call: Call): void {
  const { reader } = call;
  reader.draft.heartbeatStorage = reader.host.load(reader.resolve(call.words[0]?.text ?? ""));
}

export const HEARTBEATS: HandlerTable = [
  ["heartbeatlisten", listen],
  ["heartbeataddress", address],
  ["heartbeatmaxservers", maxServers],
  ["heartbeatstorage", storage],
];
