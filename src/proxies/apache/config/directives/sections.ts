import { expressionError } from "../../expression.ts";
import { isBadPattern } from "../../pattern.ts";
import { nodePosition } from "../directive-node.ts";
import { newServerDraft, type SectionDraft } from "../drafts.ts";
import { Where } from "../known-directives.ts";
import { newPolicyDraft } from "../policy.ts";
import { readWord, readWords } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse, refuseInside, sectionArgument } from "./call.ts";

const PER_DIRECTORY = Where.LIMIT + Where.OPTIONS + Where.FILEINFO + Where.AUTH + Where.INDEXES + Where.SECTIONS;
/** What may stand at server level, virtual hosts included. */
export const SERVER_LEVEL = Where.SERVER + Where.OPTIONS + Where.FILEINFO + Where.INDEXES;

function virtualHost(call: Call): void {
  const argument = sectionArgument(call);
  if (argument.trim() === "") refuse(call, "<VirtualHost> directive requires additional arguments");
  if (call.context.server !== call.reader.draft.servers[0]) {
    refuse(call, "<VirtualHost> cannot occur within <VirtualHost> section");
  }
  const addresses = readWords(argument).map((word) => word.text);
  for (const address of addresses) {
    const port = /:(\d+)$/.exec(address)?.[1];
    if (address.startsWith("[") && !address.includes("]")) refuse(call, "The address or port is invalid");
    if (port !== undefined && Number(port) > 65535) refuse(call, "The address or port is invalid");
  }
  const server = newServerDraft(addresses, nodePosition(call.node));
  call.reader.draft.servers.push(server);
  const where = SERVER_LEVEL;
  call.inside({
    kind: "server",
    server,
    path: null,
    isRegex: false,
    where,
    reach: "server",
    section: null,
    group: null,
  });
}

function location(call: Call): void {
  const argument = sectionArgument(call);
  let { word, next } = readWord(argument, 0);
  if (word.text === "") refuse(call, `${call.known.name}> directive requires additional arguments`);
  let isRegex = call.known.name === "<LocationMatch";
  if (!isRegex && word.text === "~") {
    isRegex = true;
    ({ word, next } = readWord(argument, next));
  }
  if (isRegex && isBadPattern(word.text)) refuse(call, "Regex could not be compiled");
  const { server } = call.context;
  const section = sectionOf(word.text, isRegex);
  if (section !== null) server.sections.push(section);
  call.inside({
    kind: "location",
    server,
    path: word.text,
    isRegex,
    where: PER_DIRECTORY,
    reach: word.text === "/" && !isRegex ? "server" : "part",
    section,
    group: null,
  });
  if (next < argument.length) refuse(call, `Multiple ${call.known.name}> arguments not (yet) supported.`);
}

/** Null for what every request matches, and for patterns of the shell's kind, which lbsim does not match. */
function sectionOf(path: string, isRegex: boolean): SectionDraft | null {
  if (!isRegex && (path === "/" || /[*?[]/.test(path))) return null;
  return {
    match: isRegex ? { kind: "regex", source: path } : { kind: "prefix", path },
    headers: [],
    errorOverride: undefined,
    preserveHost: undefined,
    rewrites: undefined,
    policy: newPolicyDraft(),
    guards: [],
  };
}

/** Sections about files, methods, conditions and access: what they hold is checked but lbsim has no such requests. */
function other(call: Call): void {
  const argument = sectionArgument(call);
  const name = call.known.name.toLowerCase();
  if (name.startsWith("<else") && !call.afterIf) {
    refuse(call, "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope");
  }
  if (name === "<else" && argument.trim() !== "") refuse(call, "<Else> does not take an argument");
  const needsArgument = name !== "<else";
  if (needsArgument && argument.trim() === "")
    refuse(call, `${call.known.name}> directive requires additional arguments`);
  checkArgument(call, name, argument);
  const { context } = call;
  const section = /^<(?:if|else)/.test(name) ? ifSection(call, name, argument) : null;
  const keeps = name.startsWith("<limit") || name.startsWith("<authn");
  call.inside(
    keeps
      ? { ...context, reach: "part", section: null }
      : {
          ...context,
          kind: "other",
          path: pathIn(name, argument),
          where: PER_DIRECTORY,
          reach: "part",
          section,
          group: null,
        },
  );
}

/** httpd's `cmd->path` inside: what stands in the brackets, or a sign for conditions. */
function pathIn(name: string, argument: string): string {
  if (/^<(?:if|else)/.test(name)) return "*If";
  const first = readWord(argument, 0);
  return first.word.text === "~" ? readWord(argument, first.next).word.text : first.word.text;
}

/**
 * <If>, <ElseIf> and <Else> at server level or in a <Location>; null and passed over elsewhere, and when the condition can't
 * be read (ap_if_walk of server/request.c: they act after all other sections).
 */
function ifSection(call: Call, name: string, argument: string): SectionDraft | null {
  const { context, reader, node } = call;
  const known = reader.ifChain.parent === node.parent && name !== "<if" ? reader.ifChain.sources : [];
  const source = name === "<else" ? null : readWord(argument, 0).word.text;
  reader.ifChain = { parent: node.parent, sources: source === null ? known : [...known, source] };
  const around = context.section;
  const isEverywhere = around === null && context.reach === "server" && context.kind !== "proxy";
  const sources = source === null ? known : [...known, source];
  if ((around === null && !isEverywhere) || sources.some((each) => expressionError(each) !== null)) {
    passOver(call, "unmodelled");
    return null;
  }
  const guards = [
    ...(around?.guards ?? []),
    ...known.map((each) => ({ source: each, negated: true })),
    ...(source === null ? [] : [{ source, negated: false }]),
  ];
  const match = around?.match ?? ({ kind: "prefix", path: "/" } as const);
  const section: SectionDraft = {
    match,
    headers: [],
    errorOverride: undefined,
    preserveHost: undefined,
    rewrites: undefined,
    policy: newPolicyDraft(),
    guards,
  };
  context.server.ifSections.push(section);
  return section;
}

/** Patterns of <Files> and <Directory>, and the condition of <If>. */
function checkArgument(call: Call, name: string, argument: string): void {
  const first = readWord(argument, 0);
  const tilde = first.word.text === "~";
  if (/^<(?:files|directory)/.test(name) && (tilde || name.endsWith("match"))) {
    const pattern = tilde ? readWord(argument, first.next).word.text : first.word.text;
    if (isBadPattern(pattern)) refuse(call, "Regex could not be compiled");
  }
  if (name !== "<if" && name !== "<elseif") return;
  const error = expressionError(first.word.text);
  if (error !== null && error.httpd !== null) refuse(call, `Cannot parse condition clause: ${error.httpd}`);
}

function directory(call: Call): void {
  refuseInside(call, ["<directory", "<directorymatch", "<location", "<locationmatch", "<files", "<filesmatch", "<if"]);
  other(call);
}

/** SetHandler inside a <Location>: the server itself answers there, unless the handler is a proxy's URL. */
function setHandler(call: Call): void {
  const handler = call.words[0]?.text ?? "";
  if (/^proxy:/i.test(handler)) {
    passOver(call, "unmodelled");
    return;
  }
  const { kind, path, isRegex, server } = call.context;
  if (kind === "location" && path !== null && !isRegex) {
    server.handlers.push({ path, handler, position: nodePosition(call.node) });
  } else passOver(call, "unmodelled");
}

export const SECTIONS: HandlerTable = [
  ["<virtualhost", virtualHost],
  ["<location", location],
  ["<locationmatch", location],
  ["<directory", directory],
  ["<directorymatch", directory],
  ["<files", other],
  ["<filesmatch", other],
  ["<limit", other],
  ["<limitexcept", other],
  ["<if", other],
  ["<elseif", other],
  ["<else", other],
  ["<authnprovideralias", other],
  ["<authzprovideralias", other],
  ["sethandler", setHandler],
];
