import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import type { LocationDraft, ServerDraft } from "../drafts.ts";
import type { LocationMatch } from "../location-config.ts";
import { type Context, Scope } from "../scope.ts";

const events: Handler = ({ reader, scope, walk }) => {
  if (reader.draft.hasEvents) return "is duplicate";
  reader.draft.hasEvents = true;
  const inner = new Scope("E", scope);
  reader.draft.eventsScope = inner;
  walk(inner, {});
  return undefined;
};

const http: Handler = ({ reader, scope, node, walk }) => {
  if (reader.draft.hasHttp) return "is duplicate";
  reader.draft.hasHttp = true;
  reader.draft.httpNode = node;
  walk(new Scope("H", scope), {});
  return undefined;
};

/** A block that settings and locations can stand in. */
export function newLocation(call: Call, context: Context, match: LocationMatch, name: string): LocationDraft {
  return {
    match,
    name,
    scope: new Scope(context, call.scope),
    node: call.node,
    position: positionOf(call.node),
    proxyPass: null,
    steps: [],
    locations: [],
    limitExcept: null,
  };
}

const server: Handler = (call) => {
  const root = newLocation(call, "S", { kind: "root" }, "");
  const draft: ServerDraft = { root, listens: [], scope: root.scope, position: positionOf(call.node) };
  call.reader.draft.servers.push(draft);
  call.walk(root.scope, { server: draft, location: root });
  return undefined;
};

const location: Handler = (call) => {
  const { match, name } = matchOf(call);
  const outer = call.location;
  if (call.scope.context === "L" && outer !== null) checkNesting(call, match, name, outer);
  const draft = newLocation(call, "L", match, name);
  outer?.locations.push(draft);
  call.walk(draft.scope, { location: draft });
  return undefined;
};

/** Source: ngx_methods_names, nginx 1.22.1. */
const METHODS = new Set(
  "GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH".split(" "),
);

/** `limit_except`: its restrictions hold for methods other than those it names. */
const limitExcept: Handler = (call) => {
  if (call.location?.limitExcept != null) return "is duplicate";
  for (const [i, method] of call.args.entries())
    if (!METHODS.has(method.toUpperCase())) throw refuse(call.node, `invalid method "${method}"`, i + 1);
  const draft = newLocation(call, "x", { kind: "root" }, "");
  if (call.location !== null) call.location.limitExcept = { methods: call.args, block: draft };
  call.walk(draft.scope, { location: draft });
  return undefined;
};

function matchOf({ reader, node, args }: Call): { match: LocationMatch; name: string } {
  const [first = "", second] = args;
  const [modifier, name] = second === undefined ? splitModifier(first) : [first, second];
  if (modifier === "=") return { match: { kind: "exact", uri: name }, name };
  if (modifier === "^~") return { match: { kind: "final-prefix", uri: name }, name };
  if (modifier === "~" || modifier === "~*") {
    const regex = reader.regex(name, modifier === "~*", node, node.words.length - 1);
    return { match: { kind: "regex", regex }, name };
  }
  if (modifier !== "") throw refuse(node, `invalid location modifier "${modifier}"`, 1);
  if (second === undefined && name.startsWith("@")) return { match: { kind: "named", name }, name };
  return { match: { kind: "prefix", uri: name }, name };
}

/** "~*\.php$" in one word: the modifier stands before the name. */
function splitModifier(word: string): readonly [modifier: string, name: string] {
  const modifier = /^(?:=|\^~|~\*|~)/.exec(word)?.[0] ?? "";
  return [modifier, word.slice(modifier.length)];
}

/** Source: ngx_http_core_location, nginx 1.22.1. */
function checkNesting({ node }: Call, match: LocationMatch, name: string, outer: LocationDraft): void {
  const inside = (what: string) =>
    refuse(node, `location "${name}" cannot be inside the ${what} location "${outer.name}"`);
  if (outer.match.kind === "exact") throw inside("exact");
  if (outer.match.kind === "named") throw inside("named");
  if (match.kind === "named") throw refuse(node, `named location "${name}" can be on the server level only`);
  if (match.kind !== "regex" && !name.startsWith(outer.name)) {
    throw refuse(node, `location "${name}" is outside location "${outer.name}"`);
  }
}

export const BLOCKS: readonly (readonly [string, Handler])[] = [
  ["events", events],
  ["http", http],
  ["server@H", server],
  ["location", location],
  ["limit_except", limitExcept],
];
