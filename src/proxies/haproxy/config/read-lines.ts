import { Args } from "./args.ts";
import { ConditionalBlocks } from "./conditional-blocks.ts";
import type { ProxyDraft } from "./drafts.ts";
import { globalKeyword } from "./global-section.ts";
import { proxyKeyword } from "./keywords/index.ts";
import { leadingInteger } from "./number-values.ts";
import { beginSection } from "./proxy-sections.ts";
import type { Reader } from "./reader.ts";
import { splitWords, type WordFault } from "./split-words.ts";

const PROXY_SECTIONS = ["defaults", "frontend", "backend", "listen"];
const OTHER_SECTIONS = `userlist peers mailers resolvers cache http-errors ring log-forward program fcgi-app crt-list
  traces`.split(/\s+/);
const NEGATABLE = `option log busy-polling set-dumpable strict-limits insecure-fork-wanted numa-cpu-mapping`.split(" ");
const MOST_ERRORS = 50;
const MOST_WORDS = 64;

const FAULTS: Readonly<Record<WordFault, string>> = {
  quote: "unmatched quote",
  brace: "unmatched brace in environment variable name",
  variable: "forbidden first char in environment variable name",
  hex: "truncated or invalid hexadecimal sequence",
  expand: "truncated or invalid word expansion sequence",
};

type Section =
  | { readonly kind: "global" }
  | ProxyDraft
  | { readonly kind: "other"; readonly type: string; readonly name: string };

/** Reads the lines of a file one after the other into the reader's drafts. Source: src/cfgparse.c, readcfgfile. */
export class LineReader {
  private readonly reader: Reader;
  private readonly file: string;
  private readonly blocks: ConditionalBlocks;
  private line = 0;
  private section: Section | null = null;
  /** A proxy section whose own line was refused: its lines are not read. */
  private isLost = false;
  private sectionName = "";

  constructor(reader: Reader, file: string) {
    this.reader = reader;
    this.file = file;
    this.blocks = new ConditionalBlocks(reader, this.variable);
  }

  read(text: string): void {
    const lines = text.split("\n");
    const lastLine = lines.pop() ?? "";
    for (const line of lines) {
      if (!this.next(line)) return;
    }
    if (lastLine !== "") {
      if (!this.next(lastLine)) return;
      this.reader.report.alert(
        `parsing [${this.file}:${this.line}]: Missing LF on last line, file might have been truncated at position ${lastLine.length + 1}.`,
        this.place(1),
      );
    }
    if (this.blocks.isOpen) {
      this.reader.report.abort(`parsing [${this.file}:${this.line}]: non-terminated '.if' block.`, this.place(1));
    }
  }

  private readonly variable = (name: string): string | undefined => {
    if (name === ".FILE") return this.file;
    if (name === ".LINE") return String(this.line);
    if (name === ".SECTION") return this.sectionName;
    return this.reader.environment.get(name);
  };

  private place(column: number) {
    return { file: this.file, line: this.line, column, length: 0 };
  }

  /** False when reading ends here. */
  private next(raw: string): boolean {
    this.line++;
    const { report } = this.reader;
    if (report.fatal >= MOST_ERRORS) {
      report.alert(
        `parsing [${this.file}:${this.line}]: too many fatal errors (${report.fatal}), stopping now.`,
        this.place(1),
      );
      return false;
    }
    const { words, fault } = splitWords(raw, this.variable);
    if (fault !== null) {
      const indent = raw.length - raw.trimStart().length;
      const caret = " ".repeat(fault.at - indent + 2);
      report.alert(
        `parsing [${this.file}:${this.line}]: ${FAULTS[fault.kind]} at position ${fault.at + 1}:\n  ${raw.slice(indent).trimEnd()}\n${caret}^`,
        this.place(fault.at + 1),
      );
      return true;
    }
    if (words.length === 0 || words[0]?.text === "") return true;
    const args = new Args(this.file, this.line, words);
    if (words.length > MOST_WORDS) {
      const word = args.at(MOST_WORDS - 1);
      report.alert(
        `parsing [${args.here}]: too many words, truncating after word ${MOST_WORDS}, position ${(words[MOST_WORDS - 1]?.start ?? 0) + 1}: <${word}>.`,
        args.position(),
      );
      return true;
    }
    if (this.blocks.take(args) || this.blocks.skips) return true;
    if (args.keyword.startsWith(".")) return this.directive(args);
    this.keyword(args);
    return true;
  }

  /** `.notice`, `.warning`, `.alert`, `.diag`. */
  private directive(args: Args): boolean {
    const { report } = this.reader;
    const word = args.keyword;
    if (![".alert", ".warning", ".notice", ".diag"].includes(word)) {
      report.alert(`parsing [${args.here}]: unknown directive '${word}'.`, args.position());
      return false;
    }
    const text = `parsing [${args.here}]: '${args.at(1)}'.`;
    if (args.at(2) !== "") {
      const hint = "Use quotes if the message should contain spaces.";
      report.alert(
        `parsing [${args.here}]: Unexpected argument '${args.at(2)}' for '${word}'. ${hint}`,
        args.position(2),
      );
    } else if (word === ".alert") report.abort(text, args.position());
    else if (word === ".warning") report.warn(text, args.position());
    else if (word === ".notice") report.notice(text, args.position());
    return true;
  }

  private keyword(args: Args): void {
    const name = args.keyword;
    if (args.modifier !== "" && !NEGATABLE.includes(name)) {
      this.reader.alertTight(
        args,
        "negation/default currently supported only for options, log, busy-polling, set-dumpable, strict-limits, insecure-fork-wanted and numa-cpu-mapping.",
      );
    }
    const isSection = name === "global" || PROXY_SECTIONS.includes(name) || OTHER_SECTIONS.includes(name);
    if (isSection) this.begin(args);
    else if (this.section === null && !this.isLost) {
      this.reader.alertTight(args, `unknown keyword '${name}' out of section.`);
    } else if (this.section !== null) this.inside(args, this.section);
  }

  private begin(args: Args): void {
    const name = args.keyword;
    this.sectionName = args.at(1) === "" ? name : args.at(1);
    this.isLost = false;
    if (PROXY_SECTIONS.includes(name)) {
      this.section = beginSection(this.reader, args);
      this.isLost = this.section === null;
    } else if (name === "global") {
      this.section = { kind: "global" };
      this.reader.global.position ??= args.position();
    } else {
      this.section = { kind: "other", type: name, name: args.at(1) };
      if (name === "resolvers") this.reader.resolvers.add(args.at(1));
      if (name === "peers") this.reader.peers.add(args.at(1));
      if (name === "http-errors") this.reader.httpErrors.set(args.at(1), new Map());
      this.reader.passOver("ignored", name, args.position());
    }
  }

  private inside(args: Args, section: Section): void {
    if (section.kind === "global") globalKeyword(this.reader, args);
    else if (section.kind !== "other") proxyKeyword(this.reader, args, section);
    else if (section.type === "http-errors" && args.keyword === "errorfile") {
      const text = this.reader.fileText(args.at(2), args);
      this.reader.httpErrors.get(section.name)?.set(leadingInteger(args.at(1)), text === "" ? null : text);
    }
  }
}
