import { atof, atoi } from "../unit-values.ts";
import { type Call, type Handler, type HandlerTable, passOver, refuse } from "./call.ts";

type LimitName =
  | "serverLimit"
  | "startServers"
  | "threadLimit"
  | "threadsPerChild"
  | "maxRequestWorkers"
  | "minSpareThreads"
  | "maxSpareThreads";

function limit(name: LimitName): Handler {
  return (call) => {
    call.reader.draft.limits[name] = atoi(call.words[0]?.text ?? "");
  };
}

function asyncFactor(call: Call): void {
  const text = call.words[0]?.text ?? "";
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) refuse(call, "error parsing value");
  const value = atof(text);
  if (value <= 0) refuse(call, "AsyncRequestWorkerFactor argument must be a positive number");
  call.reader.draft.limits.asyncFactor = Math.max(1, Math.trunc(value));
}

function listenBacklog(call: Call): void {
  const value = atoi(call.words[0]?.text ?? "");
  if (value <= 0) refuse(call, "ListenBacklog must be > 0");
  call.reader.draft.limits.listenBacklog = value;
}

function listen(call: Call): void {
  if (call.words.length < 1 || call.words.length > 2) refuse(call, "Listen requires 1 or 2 arguments.");
  const address = call.words[0]?.text ?? "";
  const port = /^(?:.*:)?(\d+)$/.exec(address)?.[1];
  if (port === undefined) refuse(call, "Port must be specified", call.words[0]);
  if (Number(port) < 1 || Number(port) > 65535) refuse(call, "Invalid address or port", call.words[0]);
  call.reader.draft.listens.push(address);
}

/** RequestReadTimeout: only how long a client may take for its request head is kept. */
function requestReadTimeout(call: Call): void {
  for (const part of call.node.args.split(/\s+/).filter((p) => p !== "")) {
    const [stage = "", value = ""] = part.split("=", 2);
    const name = stage.toLowerCase();
    const complain = (text: string) => refuse(call, `RequestReadTimeout: ${part}: ${text}`);
    if (!["header", "body", "handshake"].includes(name)) complain("Unknown RequestReadTimeout parameter");
    const first = /^(\d+)(-\d+)?(,.*)?$/i.exec(value);
    if (first === null) complain(`Value '${value}' not numerical`);
    else if (first[2] !== undefined && !/,minrate=\d+/i.test(part)) {
      complain("Must set MinRate option if using timeout range");
    } else if (name === "header") {
      const seconds = Number(first[1]);
      call.reader.draft.headTimeoutUs = seconds === 0 ? null : seconds * 1_000_000;
    }
  }
}

/** 0, the usual value, means that processes never end; another one is not simulated. */
function connectionsPerChild(call: Call): void {
  passOver(call, atoi(call.words[0]?.text ?? "") === 0 ? "ignored" : "unmodelled");
}

export const LIMITS: HandlerTable = [
  ["serverlimit", limit("serverLimit")],
  ["startservers", limit("startServers")],
  ["threadlimit", limit("threadLimit")],
  ["threadsperchild", limit("threadsPerChild")],
  ["maxrequestworkers", limit("maxRequestWorkers")],
  ["maxclients", limit("maxRequestWorkers")],
  ["minsparethreads", limit("minSpareThreads")],
  ["maxsparethreads", limit("maxSpareThreads")],
  ["asyncrequestworkerfactor", asyncFactor],
  ["listenbacklog", listenBacklog],
  ["listen", listen],
  ["maxconnectionsperchild", connectionsPerChild],
  ["maxrequestsperchild", connectionsPerChild],
  ["requestreadtimeout", requestReadTimeout],
];
