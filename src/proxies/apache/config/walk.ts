import { ARGUMENT_CHECKS } from "./argument-checks/index.ts";
import { cutArguments } from "./arguments.ts";
import { findDirective } from "./cursor.ts";
import { type DirectiveNode, nodePosition } from "./directive-node.ts";
import { type Call, type Context, passOver, refuse } from "./directives/call.ts";
import { HANDLERS } from "./directives/index.ts";
import { SERVER_LEVEL } from "./directives/sections.ts";
import type { KnownDirective } from "./known-directives.ts";
import type { Reader } from "./reader.ts";

/** Directives that say something about the whole program and are refused inside a virtual host. */
const GLOBAL_ONLY = new Set(
  (
    "startservers serverlimit minsparethreads maxsparethreads maxclients maxrequestworkers threadsperchild threadlimit " +
    "asyncrequestworkerfactor listenbacklog listen listencoresbucketsratio sendbuffersize receivebuffersize pidfile " +
    "scoreboardfile maxrequestsperchild maxconnectionsperchild coredumpdirectory maxmemfree threadstacksize " +
    "extendedstatus user group heartbeatstorage heartbeatlisten heartbeataddress heartbeatmaxservers proxyhctpsize " +
    "mutex gracefulshutdowntimeout servertokens"
  ).split(" "),
);

/** Passed over although they change what becomes of requests. */
const UNMODELLED = new Set(
  (
    "proxyremote proxyremotematch proxyblock noproxy proxyrequests proxysourceaddress cacheenable " +
    "alias aliasmatch scriptalias scriptaliasmatch " +
    "proxypassinterpolateenv proxy100continue proxyexpressenable protocols " +
    "mergeslashes allowencodedslashes setoutputfilter addoutputfilterbytype " +
    "proxywebsocketfallbacktoproxyhttp limitrequestbody"
  ).split(" "),
);

/** Carries directives out in order, as `ap_walk_config`; throws Refused at the first that httpd refuses. */
export function walk(reader: Reader, nodes: readonly DirectiveNode[]): void {
  const server = reader.draft.servers[0];
  if (server === undefined) return;
  const context: Context = {
    kind: "server",
    server,
    path: null,
    isRegex: false,
    where: SERVER_LEVEL,
    reach: "server",
    section: null,
    group: null,
  };
  walkIn(reader, nodes, context);
}

function walkIn(reader: Reader, nodes: readonly DirectiveNode[], context: Context): void {
  let afterIf = false;
  for (const node of nodes) {
    carryOut(reader, node, context, afterIf);
    afterIf ||= node.name.toLowerCase() === "<if";
  }
}

function carryOut(reader: Reader, node: DirectiveNode, context: Context, afterIf: boolean): void {
  const known = findDirective(reader, node.name);
  if (known === null) {
    unknownDirective(reader, node);
    return;
  }
  const call: Call = { ...callFor(reader, node, known, context), afterIf };
  if ((known.where & context.where) === 0) refuse(call, notAllowed(node, known));
  const key = known.name.toLowerCase();
  if (GLOBAL_ONLY.has(key) && context.server !== reader.draft.servers[0]) {
    refuse(call, `${known.name} cannot occur within <VirtualHost> section`);
  }
  const handler = HANDLERS.get(key);
  if (handler !== undefined) {
    handler(call);
    return;
  }
  const complaint = ARGUMENT_CHECKS.get(key)?.(call) ?? null;
  if (complaint !== null) refuse(call, complaint);
  passOver(call, UNMODELLED.has(key) ? "unmodelled" : "ignored");
}

function callFor(reader: Reader, node: DirectiveNode, known: KnownDirective, context: Context): Omit<Call, "afterIf"> {
  const cut = (known.where & context.where) === 0 ? { words: [] } : cutArguments(known, node.args);
  if ("complaint" in cut) refuse({ node }, cut.complaint);
  return {
    reader,
    node,
    known,
    words: cut.words,
    context,
    inside: (inner) => walkIn(reader, node.children ?? [], inner),
  };
}

function notAllowed(node: DirectiveNode, known: KnownDirective): string {
  const around = node.parent;
  return around === null ? `${known.name} not allowed here` : `${known.name} not allowed in ${around.name}> context`;
}

function unknownDirective(reader: Reader, node: DirectiveNode): void {
  const foreign = reader.modules.foreign();
  if (foreign.length > 0) {
    // It may be a directive of a module that lbsim has never heard of.
    reader.passOver("unmodelled", node.name, nodePosition(node));
    return;
  }
  refuse(
    { node },
    `Invalid command '${node.name}', perhaps misspelled or defined by a module not included in the server configuration`,
  );
}
