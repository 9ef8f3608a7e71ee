import { isBadPattern } from "../../pattern.ts";
import { applyBalancerParameter } from "../balancer-parameters.ts";
import { nodePosition, wordPosition } from "../directive-node.ts";
import type { PassDraft, TargetDraft, WorkerDraft } from "../drafts.ts";
import { applyMemberParameter, newWorkerDraft } from "../member-parameters.ts";
import { readWords } from "../words.ts";
import { findWorker, parseBalancerUrl, parsePatternUrl, parseWorkerUrl } from "../worker-url.ts";
import { defineBalancer, findBalancer } from "./balancer-lookup.ts";
import { type Call, FILE_SECTIONS, type HandlerTable, passOver, refuse, refuseInside } from "./call.ts";
import { asParameter, type Parameter, recordParameter, setParameter } from "./proxy-parameters.ts";

interface PassArguments {
  readonly path: string;
  readonly url: string;
  readonly isRegex: boolean;
  readonly flags: ReadonlySet<string>;
  readonly parameters: readonly Parameter[];
}

const MAPPINGS = ["servlet", "decoded", "encoded"];

/** ProxyPass and ProxyPassMatch, at server level or inside a section that gives the path. */
function proxyPass(call: Call): void {
  refuseInside(call, FILE_SECTIONS);
  const args = splitArguments(call);
  if (args.isRegex && isBadPattern(args.path)) refuse(call, "Regular expression could not be compiled.");
  const { server, kind } = call.context;
  const pass: PassDraft = {
    match: args.isRegex ? { kind: "regex", source: args.path } : { kind: "prefix", path: args.path },
    target: targetOf(call, args),
    url: args.url,
    nocanon: args.flags.has("nocanon"),
    noquery: args.flags.has("noquery"),
    position: nodePosition(call.node),
  };
  if (kind === "location") server.locations.push(pass);
  else if (kind === "server") server.passes.push(pass);
  else passOver(call, "unmodelled");
}

function splitArguments(call: Call): PassArguments {
  const { context, known } = call;
  let path = context.path;
  let url: string | null = null;
  let isRegex = context.path === null ? known.name === "ProxyPassMatch" : context.isRegex;
  const flags = new Set<string>();
  const parameters: Parameter[] = [];
  for (const word of readWords(call.node.args)) {
    const flag = word.text.toLowerCase();
    if (path === null) {
      if (word.text === "~") {
        if (isRegex) refuse(call, "ProxyPassMatch invalid syntax ('~' usage).", word);
        isRegex = true;
      } else path = word.text;
    } else if (url === null) url = word.text;
    else if (flag === "nocanon" || flag === "interpolate" || flag === "noquery") flags.add(flag);
    else {
      const parameter = asParameter(word);
      if (parameter === null) {
        if (context.path !== null && url.startsWith("/")) {
          refuse(call, "ProxyPass|ProxyPassMatch can not have a path when defined in a location.", word);
        }
        const rule = "Parameter must be in the form 'key=value'.";
        refuse(call, `Invalid ProxyPass|ProxyPassMatch parameter. ${rule}`, word);
      }
      if (parameter.key.toLowerCase() !== "mapping") setParameter(parameters, parameter);
      else if (!MAPPINGS.includes(parameter.value.toLowerCase())) refuse(call, "unknown mapping", word);
      else passOver(call, "unmodelled");
    }
  }
  if (path === null || url === null)
    refuse(call, "ProxyPass|ProxyPassMatch needs a path when not defined in a location");
  return { path, url, isRegex, flags, parameters };
}

function targetOf(call: Call, args: PassArguments): TargetDraft {
  if (args.url === "!") return { kind: "none" };
  const balancer = parseBalancerUrl(args.url);
  return balancer === null ? workerTarget(call, args) : balancerTarget(call, args, balancer);
}

function balancerTarget(call: Call, args: PassArguments, named: { name: string; path: string }): TargetDraft {
  const found = findBalancer(call.context.server, args.url) ?? defineBalancer(call, args.url, false);
  if (typeof found === "string") refuse(call, `ProxyPass ${found}`);
  if (!args.isRegex) found.path = args.path;
  for (const parameter of args.parameters) {
    const complaint = applyBalancerParameter(call.reader, found.settings, parameter.key, parameter.value);
    if (complaint !== null) refuse(call, `ProxyPass ${complaint}`, parameter.word);
    recordParameter(call, "balancer", found, parameter);
  }
  return { kind: "balancer", name: named.name, path: named.path };
}

function workerTarget(call: Call, args: PassArguments): TargetDraft {
  const { server } = call.context;
  const parsed = args.isRegex ? parsePatternUrl(args.url) : parseWorkerUrl(args.url);
  if (typeof parsed === "string") refuse(call, `ProxyPass ${parsed}`);
  const shared = findWorker(server.workers, parsed);
  const worker = shared ?? newWorkerDraft(parsed, nodePosition(call.node));
  if (shared === null) server.workers.push(worker);
  for (const parameter of args.parameters) setOnWorker(call, worker, parameter, shared !== null);
  return { kind: "worker", worker, path: parsed.path };
}

function setOnWorker(call: Call, worker: WorkerDraft, parameter: Parameter, shared: boolean): void {
  if (shared) {
    const { text } = parameter.word;
    const warning = `AH01146: Ignoring parameter '${text}' for worker '${worker.url}' because of worker sharing`;
    call.reader.warn(`[proxy:warn] ${warning}`, wordPosition(call.node, parameter.word));
    return;
  }
  const complaint = applyMemberParameter(call.reader, worker, parameter.key, parameter.value);
  if (complaint !== null) refuse(call, `ProxyPass ${complaint}`, parameter.word);
  recordParameter(call, "worker", worker, parameter);
}

export const PROXY_PASS: HandlerTable = [
  ["proxypass", proxyPass],
  ["proxypassmatch", proxyPass],
];
