import type { Args } from "./args.ts";
import { inheritSettings, newProxyDraft, type ProxyDraft, presetSettings, type SectionKind } from "./drafts.ts";
import type { Reader } from "./reader.ts";

/** First character that a name must not have, or null. Source: HAProxy 2.6.12 src/tools.c, invalid_char. */
export function invalidNameCharacter(name: string): string | null {
  return /[^A-Za-z0-9_:.-]/.exec(name)?.[0] ?? null;
}

/**
 * Begins a `defaults`, `frontend`, `backend` or `listen` section; null when its line is refused. Source: HAProxy 2.6.12
 * src/cfgparse-listen.c, cfg_parse_listen.
 */
export function beginSection(reader: Reader, args: Args): ProxyDraft | null {
  const kind = args.keyword as SectionKind;
  if (kind !== "defaults" && !nameIsFine(reader, args)) return null;
  const isUnnamed = kind === "defaults" && args.at(1) === "from" && args.at(2) !== "" && args.at(3) === "";
  const name = isUnnamed ? "" : args.at(1);
  const from = isUnnamed ? 1 : 2;
  let base: ProxyDraft | null = kind === "defaults" ? null : reader.lastDefaults;
  if (args.at(from) === "from") base = namedDefaults(reader, args, from + 1, name);
  else if (base !== null) base.isImplicit = true;
  if (base?.isExplicit === true && base.isImplicit) {
    reader.report.softAlert(
      `parsing [${args.here}] : defaults section '${base.name}' (declared at ${base.position.file}:${base.position.line}) is explicitly referenced by another proxy and implicitly used here. To avoid any ambiguity don't mix both usage. Add a last defaults section not explicitly used or always use explicit references.`,
      args.position(),
    );
  }
  const settings = base === null ? presetSettings() : inheritSettings(base.settings);
  if (kind === "backend") settings.defaultBackend = null;
  const draft = newProxyDraft(kind, name, args.span(0), settings);
  if (base !== null) inheritRules(reader, args, base, draft);
  if (kind === "defaults") {
    reader.lastDefaults = draft;
    if (name !== "") reader.namedDefaults.push(draft);
  } else reader.proxies.push(draft);
  return draft;
}

function nameIsFine(reader: Reader, args: Args): boolean {
  const kind = args.keyword as SectionKind;
  const name = args.at(1);
  if (name === "") reader.report.abort(`parsing [${args.here}] : '${kind}' expects an <id> argument`, args.position());
  const wrong = invalidNameCharacter(name);
  if (wrong !== null) reader.alert(args, `character '${wrong}' is not permitted in '${kind}' name '${name}'.`, 1);
  const same = reader.proxies.find((each) => each.name === name && sharesSide(each.kind, kind));
  if (same !== undefined) {
    const place = `${same.position.file}:${same.position.line}`;
    reader.report.alert(
      `Parsing [${args.here}]: ${capWord(kind)} '${name}' has the same name as ${capWord(same.kind)} '${same.name}' declared at ${place}.`,
      args.position(1),
    );
  }
  const isFrom = args.at(2) === "from" && args.at(3) !== "";
  if (args.at(2) === "" || (isFrom && !reader.tooMany(args, 3))) return true;
  if (kind !== "backend") {
    reader.alert(args, "please use the 'bind' keyword for listening addresses.", 2);
  } else reader.alert(args, `'${kind}' cannot handle unexpected argument '${args.at(2)}'.`, 2);
  return false;
}

function capWord(kind: SectionKind): string {
  return kind === "listen" ? "proxy" : kind;
}

function sharesSide(a: SectionKind, b: SectionKind): boolean {
  if (b === "listen" || b === "frontend") return a === "listen" || a === "frontend";
  return a === "listen" || a === "backend";
}

function namedDefaults(reader: Reader, args: Args, i: number, name: string): ProxyDraft {
  const wanted = args.at(i);
  const found = reader.namedDefaults.filter((each) => each.name === wanted);
  const [first, second] = found;
  const kind = capWord(args.keyword as SectionKind);
  if (first === undefined) {
    return reader.report.abort(
      `parsing [${args.here}] : defaults section '${wanted}' not found for ${kind} '${name}'.`,
      args.position(i),
    );
  }
  if (second !== undefined) {
    const places = [first, second].map(({ position }) => `${position.file}:${position.line}`);
    reader.alert(
      args,
      `ambiguous defaults section name '${wanted}' referenced by ${kind} '${name}' exists at least at ${places.join(" and ")}.`,
      i,
    );
  }
  first.isExplicit = true;
  return first;
}

/** Rules of named defaults stand before the section's own. */
function inheritRules(reader: Reader, args: Args, base: ProxyDraft, draft: ProxyDraft): void {
  const hasRules = [base.requestRules, base.responseRules, base.afterResponseRules].some((rules) => rules.length > 0);
  if (!hasRules) return;
  const at = `(defaults section at ${base.position.file}:${base.position.line})`;
  if (draft.kind === "defaults") {
    reader.report.abort(
      `parsing [${args.here}]: a defaults section cannot inherit from a defaults section defining TCP/HTTP rules ${at}.`,
      args.position(),
    );
  }
  if (draft.kind === "listen") {
    reader.report.abort(
      `parsing [${args.here}]: a listen section cannot inherit from a defaults section defining TCP/HTTP rules.`,
      args.position(),
    );
  }
  draft.requestRules.push(...base.requestRules);
  draft.responseRules.push(...base.responseRules);
  draft.afterResponseRules.push(...base.afterResponseRules);
}
