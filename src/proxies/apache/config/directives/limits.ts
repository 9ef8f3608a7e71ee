import { atof, atoi } from "../unit-values.ts";
import { readWords } from "../words.ts";
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
  for (const { text } of readWords(call.node.args)) {
    const [stage = "", value] = text.split(/=(.*)/s, 2);
    if (value === undefined) {
      refuse(call, "Invalid RequestReadTimeout parameter. Parameter must be in the form 'key=value'");
    }
    const name = stage.toLowerCase();
    const known = ["header", "body", "handshake"].includes(name);
    const stages = known ? stageTimeout(value) : "Unknown RequestReadTimeout parameter";
    if (typeof stages === "string") refuse(call, `RequestReadTimeout: ${stage}=${value}: ${stages}`);
    if (name === "header") call.reader.draft.headTimeoutUs = stages === 0 ? null : stages * 1_000_000;
  }
}

/** Seconds, or httpd's complaint (set_reqtimeout_param of mod_reqtimeout.c, 2.4.x). */
function stageTimeout(value: string): number | string {
  const [times = "", rate] = value.split(/,minrate=(.*)/is, 2);
  if (rate === undefined) return value.includes("-") ? "Must set MinRate option if using timeout range" : whole(value);
  const least = whole(rate);
  if (typeof least === "string") return least;
  if (least === 0) return "Minimum data rate must be larger than 0";
  const [initial = "", most] = times.split(/-(.*)/s, 2);
  const longest = most === undefined ? 0 : whole(most);
  if (typeof longest === "string") return longest;
  const first = whole(initial);
  if (typeof first === "string") return first;
  return longest > 0 && first >= longest ? "Maximum timeout must be larger than initial timeout" : first;
}

function whole(text: string): number | string {
  const found = /^\s*([+-]?\d+)(.*)$/s.exec(text);
  if (found === null) return `Value '${text}' not numerical`;
  if (found[2] !== "") return `Cannot parse '${found[2]}'`;
  return Number(found[1]) < 0 ? "Value must be non-negative" : Number(found[1]);
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
