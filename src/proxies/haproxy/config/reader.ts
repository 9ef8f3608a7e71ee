import type { PassedOver, Position, Problem } from "../../../contract/problem.ts";
import type { ReadHost, ReadOptions } from "../../../contract/proxy-family.ts";
import type { AclHost } from "./acl-parser.ts";
import type { Args } from "./args.ts";
import { parseCondition } from "./condition-parser.ts";
import { hasBackend, hasFrontend, newProxyDraft, type ProxyDraft, presetSettings, typeWord } from "./drafts.ts";
import type { GlobalConfig } from "./haproxy-config.ts";
import { Report } from "./report.ts";
import type { Condition } from "./sample-expression.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A word that C's atoi read as 0 although it is not a number. */
export interface NotANumber {
  readonly keyword: string;
  readonly word: string;
  readonly position: Position;
}

const NOWHERE: Position = { file: "", line: 0, column: 0, length: 0 };

/** State of one reading: what HAProxy keeps while it reads, and what lbsim has to tell about it. */
export class Reader {
  readonly host: ReadHost;
  readonly options: ReadOptions;
  readonly report = new Report();
  readonly problems: Problem[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly notNumbers: NotANumber[] = [];
  readonly environment: Map<string, string>;
  readonly proxies: ProxyDraft[] = [];
  readonly namedDefaults: ProxyDraft[] = [];
  lastDefaults: ProxyDraft = newProxyDraft("defaults", "", NOWHERE, presetSettings());
  readonly resolvers = new Set<string>();
  readonly peers = new Set<string>();
  /** Pages of `http-errors` sections by section and status. */
  readonly httpErrors = new Map<string, Map<number, string | null>>();
  readonly global: Mutable<GlobalConfig> & { defaultLog: boolean; verifyServers: boolean } = {
    maxconn: null,
    nbthread: null,
    spreadChecks: 0,
    maxSpreadChecksUs: null,
    bufferBytes: 16384,
    maxRewriteBytes: 1024,
    position: null,
    defaultLog: false,
    verifyServers: true,
  };

  constructor(host: ReadHost, options: ReadOptions) {
    this.host = host;
    this.options = options;
    this.environment = new Map(Object.entries(host.env));
  }

  passOver(kind: PassedOver["kind"], directive: string, position: Position): void {
    this.passedOver.push({ kind, directive, position });
  }

  note(code: string, message: string, hint: string | null, position: Position | null): void {
    this.problems.push({ code, severity: "note", message, hint, position });
  }

  /** Alert in the usual form "parsing [file:line] : …" at word `i`. */
  alert(args: Args, text: string, i = 0): void {
    this.report.alert(`parsing [${args.here}] : ${text}`, args.position(i));
  }

  /** The same without the blank before the colon, as part of HAProxy's messages have it. */
  alertTight(args: Args, text: string, i = 0): void {
    this.report.alert(`parsing [${args.here}]: ${text}`, args.position(i));
  }

  warn(args: Args, text: string, i = 0): void {
    this.report.warn(`parsing [${args.here}] : ${text}`, args.position(i));
  }

  /** Warns when the section can't do what the keyword is about; it is read all the same. */
  needs(args: Args, proxy: ProxyDraft, side: "frontend" | "backend", name = args.keyword, hint = ""): void {
    const fits = side === "frontend" ? hasFrontend(proxy) : hasBackend(proxy);
    if (fits) return;
    this.warn(args, `'${name}' ignored because ${typeWord(proxy)} '${proxy.name}' has no ${side} capability.${hint}`);
  }

  /** Alerts when there are more than `most` words behind word `index`. */
  tooMany(args: Args, most: number, index = 0): boolean {
    const extra = args.at(index + most + 1);
    if (extra === "") return false;
    const words = args.words.slice(0, index + 1).map((word) => word.text);
    this.alert(args, `'${words.join(" ")}' cannot handle unexpected argument '${extra}'.`, index + most + 1);
    return true;
  }

  /** Remembers a word that HAProxy took for 0 without a message. */
  checkNumber(args: Args, i: number, keyword = args.keyword): void {
    const word = args.at(i);
    if (/^\s*[+-]?\d/.test(word)) return;
    this.notNumbers.push({ keyword, word, position: args.position(i) });
  }

  aclHost(args: Args): AclHost {
    return {
      patternFile: (path) => this.fileText(path, args),
      warn: (text) => this.report.warn(text, args.position()),
    };
  }

  /** Text of another file; "" with a note where it is only missing on this machine, null where that counts. */
  fileText(path: string, args: Args): string | null {
    const text = this.host.load(path);
    if (text !== null) return text;
    if (this.options.missingFiles === "report") return null;
    this.note(
      "assumed-file",
      `${path} is not on this machine; it is taken as empty`,
      "haproxy refuses to start where it is missing",
      args.position(),
    );
    return "";
  }

  condition(args: Args, from: number, proxy: ProxyDraft): Condition {
    return parseCondition(args, from, proxy.acls, this.aclHost(args));
  }
}
