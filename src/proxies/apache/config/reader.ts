import type { PassedOver, Position, Problem } from "../../../contract/problem.ts";
import type { ReadHost, ReadOptions } from "../../../contract/proxy-family.ts";
import type { DirectiveNode } from "./directive-node.ts";
import { type ConfigDraft, newConfigDraft, type RewritePlaceDraft } from "./drafts.ts";
import { LoadedModules } from "./modules.ts";
import type { ParameterUse } from "./parameter-use.ts";

/** A macro of mod_macro: its lines are read anew, with arguments put in, at every Use. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly lines: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** A member line that httpd took for another member. */
export interface SharedMember {
  readonly url: string;
  readonly taken: string;
  readonly position: Position;
}

/** State of one reading: what httpd keeps while it reads, and what lbsim has to tell about it. */
export class Reader {
  readonly host: ReadHost;
  readonly options: ReadOptions;
  readonly modules: LoadedModules;
  /** Names that <IfDefine> knows. */
  readonly defines: Set<string>;
  /** Values for ${NAME}. */
  readonly variables = new Map<string, string>();
  readonly macros = new Map<string, Macro>();
  readonly warnings: { text: string; position: Position | null }[] = [];
  readonly problems: Problem[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly parameters: ParameterUse[] = [];
  /** BalancerMember lines whose URL was taken for an earlier member. */
  readonly sharedMembers: SharedMember[] = [];
  readonly draft: ConfigDraft = newConfigDraft();
  /** The first line of mod_access_compat. */
  oldAccess: Position | null = null;
  /** A <RequireAll> that lets nobody in: httpd says so after it has read everything. */
  onlyNegative: Position | null = null;
  /** Sections with directives of mod_rewrite. */
  readonly rewritePlaces = new Map<DirectiveNode, RewritePlaceDraft>();
  /** Conditions of <If> and <ElseIf> so far, for the <ElseIf> and <Else> behind them in the same section. */
  ifChain: { readonly parent: DirectiveNode | null; readonly sources: readonly string[] } = {
    parent: null,
    sources: [],
  };
  serverRoot: string | null = null;
  /** Lines read so far, all files and macros together. */
  linesRead = 0;
  /** Conditional sections that are open. */
  conditionDepth = 0;

  constructor(host: ReadHost, options: ReadOptions) {
    this.host = host;
    this.options = options;
    this.modules = new LoadedModules(options.modules);
    this.defines = new Set(options.defines ?? []);
  }

  warn(text: string, position: Position | null): void {
    this.warnings.push({ text, position });
  }

  note(code: string, message: string, hint: string | null, position: Position | null): void {
    this.problems.push({ code, severity: "note", message, hint, position });
  }

  passOver(kind: PassedOver["kind"], directive: string, position: Position): void {
    this.passedOver.push({ kind, directive, position });
  }

  /** True when a file that is not there counts as an error of the configuration. */
  get reportsMissingFiles(): boolean {
    return this.options.missingFiles === "report";
  }

  /** The same for files that are included. */
  get reportsMissingIncludes(): boolean {
    return this.reportsMissingFiles || this.options.missingFiles === "report-includes";
  }

  /** Path as httpd resolves it: relative to ServerRoot where the file names one. */
  resolve(path: string): string {
    return path.startsWith("/") || this.serverRoot === null ? path : `${this.serverRoot.replace(/\/+$/, "")}/${path}`;
  }
}
