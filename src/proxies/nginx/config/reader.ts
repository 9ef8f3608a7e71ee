import type { PassedOver, Position, Problem } from "../../../contract/problem.ts";
import type { ReadHost, ReadOptions } from "../../../contract/proxy-family.ts";
import { compileRegex } from "./compile-regex.ts";
import { compileTemplate, variablesOf } from "./compile-template.ts";
import { refuse } from "./conf-error.ts";
import { type ConfNode, positionOf } from "./conf-node.ts";
import { type Draft, newDraft } from "./drafts.ts";
import type { RegexSource, Template } from "./template.ts";

/** A feature that nginx 1.22.1 lacks, as it was used. */
export interface NewerUse {
  readonly feature: string;
  /** First open-source version, null = NGINX Plus only. */
  readonly since: string | null;
  readonly position: Position;
}

/** State of one reading. */
export class Reader {
  readonly host: ReadHost;
  readonly draft: Draft = newDraft();
  readonly warnings: { readonly text: string; readonly position: Position | null }[] = [];
  readonly problems: Problem[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly newerUses: NewerUse[] = [];
  /** Only what nginx 1.22.1 of Debian has is accepted. */
  readonly isStrict: boolean;
  readonly reportsMissingFiles: boolean;
  /** Dynamic modules may bring directives that nobody here knows. */
  loadsModules = false;
  readonly mainFile: string;
  includeDepth = 0;

  constructor(mainFile: string, host: ReadHost, options: ReadOptions, isRecorded: boolean) {
    this.mainFile = mainFile;
    this.host = host;
    this.isStrict = isRecorded || options.modules === "debian";
    this.reportsMissingFiles = options.missingFiles === "report";
  }

  /** nginx's own warning. */
  warn(node: ConfNode, message: string): void {
    this.warnings.push({ text: `[warn] ${message} in ${node.file}:${node.line}`, position: positionOf(node) });
  }

  note(code: string, message: string, hint: string | null, position: Position): void {
    this.problems.push({ code, severity: "note", message, hint, position });
  }

  passOver(kind: PassedOver["kind"], node: ConfNode): void {
    this.passedOver.push({ kind, directive: node.words[0]?.text ?? "", position: positionOf(node) });
  }

  newer(feature: string, since: string | null, position: Position): void {
    this.newerUses.push({ feature, since, position });
  }

  /** A text with variables; refuses what nginx refuses, and remembers which variables must exist. */
  template(source: string, node: ConfNode, word = 0): Template {
    const template = compileTemplate(source);
    if (typeof template === "string") throw refuse(node, template, word);
    for (const name of variablesOf(template)) {
      this.draft.usedVariables.push({ name, position: positionOf(node, word) });
    }
    return template;
  }

  regex(pattern: string, caseless: boolean, node: ConfNode, word = 0): RegexSource {
    const regex = compileRegex(pattern, caseless);
    if (regex === null) throw refuse(node, `pcre2_compile() failed: ${complaintAbout(pattern)} in "${pattern}"`, word);
    for (const name of regex.names) this.draft.madeVariables.add(name);
    return regex;
  }

  /** The folder that relative names of included files start from: that of the main file (ngx_conf_full_name). */
  resolve(path: string): string {
    if (path.startsWith("/")) return path;
    const slash = this.mainFile.lastIndexOf("/");
    return slash < 0 ? path : this.mainFile.slice(0, slash + 1) + path;
  }
}

/** PCRE's words for the mistakes that people make. */
function complaintAbout(pattern: string): string {
  const plain = pattern.replace(/\\./g, "");
  if (/\[[^\]]*$/.test(plain)) return "missing terminating ] for character class";
  const depth = [...plain].reduce((sum, c) => sum + (c === "(" ? 1 : c === ")" ? -1 : 0), 0);
  if (depth > 0) return "missing closing parenthesis";
  if (depth < 0) return "unmatched closing parenthesis";
  return "quantifier does not follow a repeatable item";
}
