import { parseAclTest } from "../acl-parser.ts";
import type { Args } from "../args.ts";
import { hasBackend, type ProxyDraft } from "../drafts.ts";
import { invalidNameCharacter } from "../proxy-sections.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import type { Condition } from "../sample-expression.ts";
import { SAMPLE_FETCHES } from "../sample-fetches.ts";
import type { Keyword } from "./keyword.ts";

/** `acl NAME …`. */
export const acl: Keyword = (reader, args, proxy) => {
  const name = args.at(1);
  if (proxy.kind === "defaults" && proxy.name === "") {
    reader.alert(args, "'acl' not allowed in anonymous 'defaults' section.");
    return;
  }
  const wrong = invalidNameCharacter(name);
  if (wrong !== null) {
    reader.alert(args, `character '${wrong}' is not permitted in acl name '${name}'.`, 1);
    return;
  }
  if (name.toLowerCase() === "or") {
    reader.alert(
      args,
      `acl name '${name}' will never match. 'or' is used to express a logical disjunction within a condition.`,
      1,
    );
    return;
  }
  attempt(reader, args, `error detected while parsing ACL '${name}' : `, () => {
    const test = parseAclTest(args.from(2), args.span(0), reader.aclHost(args));
    const tests = proxy.acls.get(name);
    if (tests === undefined) proxy.acls.set(name, [test]);
    else tests.push(test);
  });
};

/** `use_backend NAME [if …]`. */
export const useBackend: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  reader.needs(args, proxy, "frontend");
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects a backend name.`);
    return;
  }
  const word = args.at(2);
  if (word !== "" && word !== "if" && word !== "unless") {
    const text = `unexpected keyword '${word}' after switching rule, only 'if' and 'unless' are allowed.`;
    reader.alert(args, text, 2);
    return;
  }
  attempt(reader, args, "error detected while parsing switching rule : ", () => {
    const condition = word === "" ? null : reader.condition(args, 2, proxy);
    warnIncompatible(reader, args, condition, "request", "frontend use-backend rule");
    proxy.order.add("use_backend");
    proxy.useBackend.push({ name: args.at(1), condition, position: args.span(0), here: args.here });
  });
};

/** `default_backend NAME`. */
export const defaultBackend: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "frontend");
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects a backend name.`);
    return;
  }
  proxy.settings.defaultBackend = { name: args.at(1), position: args.span(0) };
  reader.tooMany(args, 1, 0);
};

/** `use-server NAME if …`. */
export const useServer: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  reader.needs(args, proxy, "backend");
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects a server name.`);
    return;
  }
  if (!hasCondition(reader, args, 2, args.keyword)) return;
  attempt(reader, args, "error detected while parsing switching rule : ", () => {
    const condition = reader.condition(args, 2, proxy);
    warnIncompatible(reader, args, condition, "request", "backend use-server, balance or stick-match rule");
    proxy.order.add("use-server");
    proxy.useServer.push({ name: args.at(1), condition, position: args.span(0), here: args.here });
  });
};

/** `force-persist if …`, `ignore-persist if …`. */
export const persistRule: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  reader.needs(args, proxy, "backend");
  if (!hasCondition(reader, args, 1, args.keyword)) return;
  attempt(reader, args, `error detected while parsing a '${args.keyword}' rule : `, () => {
    const condition = reader.condition(args, 1, proxy);
    const kind = args.keyword === "force-persist" ? "force" : "ignore";
    proxy.persistRules.push({ kind, condition, position: args.span(0) });
  });
};

/** `monitor fail if …`. */
export const monitor: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  reader.needs(args, proxy, "frontend");
  if (args.at(1) !== "fail") {
    reader.alert(args, "'monitor' only supports 'fail'.", 1);
    return;
  }
  if (!hasCondition(reader, args, 2, "monitor fail")) return;
  attempt(reader, args, "error detected while parsing a 'monitor fail' condition : ", () => {
    proxy.monitorFail.push(reader.condition(args, 2, proxy));
  });
};

function hasCondition(reader: Reader, args: Args, i: number, name: string): boolean {
  if (args.at(i) === "if" || args.at(i) === "unless") return true;
  reader.alert(args, `'${name}' requires either 'if' or 'unless' followed by a condition.`, i);
  return false;
}

/** True (with an alert) for keywords that no `defaults` may hold. */
export function refuseInDefaults(reader: Reader, args: Args, proxy: ProxyDraft): boolean {
  if (proxy.kind !== "defaults") return false;
  reader.alert(args, `'${args.keyword}' not allowed in 'defaults' section.`);
  return true;
}

/** Carries out a part of a line; what it can't be is completed to an alert. */
export function attempt(reader: Reader, args: Args, says: string, part: () => void): void {
  try {
    part();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `${says}${error.message}.`);
  }
}

/** What only is once there is a backend (SMP_USE_BKEND of the fetches, 2.6.12). */
const BACKEND_FETCHES: ReadonlySet<string> = new Set([
  "be_id",
  "be_name",
  "be_server_timeout",
  "be_tunnel_timeout",
  "cur_server_timeout",
  "cur_tunnel_timeout",
]);

/** Warns about acls that look at what is not there yet, or no more. Source: src/acl.c, acl_cond_conflicts. */
export function warnIncompatible(
  reader: Reader,
  args: Args,
  condition: Condition | null,
  at: "request" | "response",
  rule: string,
): void {
  for (const term of condition?.alternatives.flat() ?? []) {
    const test = term.tests.find(({ sample: { fetch } }) => {
      const isTooEarly = BACKEND_FETCHES.has(fetch) && rule.startsWith("frontend");
      return isTooEarly || SAMPLE_FETCHES.get(fetch)?.[at] === false;
    });
    if (test === undefined) continue;
    const what =
      term.name === "{ … }"
        ? `anonymous acl will never match because it uses keyword '${/^[\w.+-]+/.exec(test.sample.text)?.[0]}' which is`
        : `acl '${term.name}' will never match because it only involves keywords that are`;
    reader.warn(args, `${what} incompatible with '${rule}'`);
    return;
  }
}

/** The name of the place of a rule, for warnings. */
export function ruleWhere(proxy: ProxyDraft, what: string): string {
  return `${hasBackend(proxy) && proxy.kind !== "listen" ? "backend" : "frontend"} ${what}`;
}
