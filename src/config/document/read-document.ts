import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import type { Position, Problem } from "../../contract/problem.ts";
import { problem } from "../problem.ts";
import { guardText } from "./guard-text.ts";
import type { MapEntry, ScenarioNode } from "./scenario-node.ts";

/** More nodes than any scenario has; aliases that multiply reach it long before memory runs out. */
const MAX_NODES = 50_000;
/** How often aliases may be followed; the limit that the yaml package itself has for conversions. */
const MAX_ALIASES = 100;
const MAX_SYNTAX_PROBLEMS = 20;

/** A text as read: the node is null when there is none or when it can't be relied on. */
export interface ReadDocument {
  readonly node: ScenarioNode | null;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2 or JSON (which is a part of it) and keeps where everything stands. Never throws for a bad text. */
export function readDocument(file: string, text: string): ReadDocument {
  const refused = guardText(file, text);
  if (refused !== null) return { node: null, problems: [refused] };
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: "1.2",
    merge: false,
    keepSourceTokens: false,
  });
  const reading = new DocumentReading(file, text, lines, document);
  const problems = [...document.errors, ...document.warnings].slice(0, MAX_SYNTAX_PROBLEMS).map((error) => {
    const position = reading.place(error.pos[0], error.pos[1]);
    if (error.code === "DUPLICATE_KEY") {
      const key = /^[^\s:,}]*/.exec(text.slice(error.pos[0]))?.[0] ?? "";
      return problem("duplicate-key", `"${key}" stands here twice`, "remove one of them", {
        ...position,
        length: key.length,
      });
    }
    if (error.code === "MULTIPLE_DOCS")
      return problem(
        "yaml-syntax",
        "a second YAML document begins here",
        "a scenario is one document: remove the --- line, or use two files",
        position,
      );
    return problem("yaml-syntax", sentence(error.message), hintOf(error.code), position);
  });
  const contents = document.contents as Node | null;
  // A broken line changes the meaning of those after it: what the rest seems to say is not worth a complaint.
  const isBroken = problems.some((each) => each.code === "yaml-syntax");
  if (contents === null || isBroken) return { node: null, problems };
  const node = reading.convert(contents);
  return { node: reading.problems.length > 0 ? null : node, problems: [...problems, ...reading.problems] };
}

function hintOf(code: string): string | null {
  return code === "TAB_AS_INDENT" ? "indent with blanks" : null;
}

class DocumentReading {
  readonly problems: Problem[] = [];
  private nodes = 0;
  private aliases = 0;
  private readonly open = new Set<Node>();
  private readonly file: string;
  private readonly text: string;
  private readonly lines: LineCounter;
  private readonly document: Document;

  constructor(file: string, text: string, lines: LineCounter, document: Document) {
    this.file = file;
    this.text = text;
    this.lines = lines;
    this.document = document;
  }

  /** Line and column of an offset; underlines to `end` or the end of the line. */
  place(start: number, end: number): Position {
    const { line, col } = this.lines.linePos(start);
    const newline = this.text.indexOf("\n", start);
    const stop = Math.min(end, newline < 0 ? this.text.length : newline);
    const length = this.text.slice(start, stop).trimEnd().length;
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col), length };
  }

  convert(node: Node): ScenarioNode {
    const position = this.placeOf(node);
    const nothing: ScenarioNode = { kind: "scalar", value: null, position };
    if (this.problems.length > 0) return nothing;
    this.nodes++;
    if (this.nodes > MAX_NODES) return this.refuse(`more than ${MAX_NODES} values`, nothing);
    if (isAlias(node)) return this.follow(node, nothing);
    if (this.open.has(node)) return this.refuse("an alias inside the value that it stands for", nothing);
    this.open.add(node);
    const converted = this.inside(node, position);
    this.open.delete(node);
    return converted;
  }

  private inside(node: Node, position: Position): ScenarioNode {
    if (isMap(node)) return { kind: "map", entries: this.entries(node), position };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as Node));
      return { kind: "list", items, position };
    }
    const value = isScalar(node) ? node.value : null;
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return { kind: "scalar", value: isPlain ? value : value === null ? null : String(value), position };
  }

  private entries(map: YAMLMap): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    for (const pair of map.items) {
      const keyNode = pair.key as Node;
      const key = this.placeOf(keyNode);
      if (!isScalar(keyNode)) {
        this.problems.push(problem("wrong-type", "a key must be a plain word", null, key));
        continue;
      }
      const name = keyNode.source ?? String(keyNode.value);
      const empty: ScenarioNode = { kind: "scalar", value: null, position: key };
      const value = pair.value === null ? empty : this.convert(pair.value as Node);
      // A value that isn't there can't be underlined; its key can.
      entries.set(name, { key, value: isNothing(value) ? empty : value });
    }
    return entries;
  }

  private follow(alias: Alias, nothing: ScenarioNode): ScenarioNode {
    this.aliases++;
    if (this.aliases > MAX_ALIASES) return this.refuse(`aliases are followed more than ${MAX_ALIASES} times`, nothing);
    const target = alias.resolve(this.document);
    if (target === undefined) {
      this.problems.push(problem("yaml-syntax", `there is no anchor &${alias.source}`, null, nothing.position));
      return nothing;
    }
    if (this.open.has(target)) return this.refuse("an alias inside the value that it stands for", nothing);
    return this.convert(target);
  }

  private refuse(message: string, nothing: ScenarioNode): ScenarioNode {
    this.problems.push(problem("alias-bomb", message, "write the values out", nothing.position));
    return nothing;
  }

  private placeOf(node: Node): Position {
    const [start, end] = node.range ?? [0, 0, 0];
    return this.place(start, end);
  }
}

function isNothing(node: ScenarioNode): boolean {
  return node.kind === "scalar" && node.value === null && node.position.length === 0;
}

function sentence(message: string): string {
  const text = message.replace(/\s+/g, " ").trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}
