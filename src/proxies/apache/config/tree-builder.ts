import { cutArguments } from "./arguments.ts";
import { type Cursor, DEEPEST_NESTING, findDirective, MOST_LINES } from "./cursor.ts";
import { type DirectiveNode, nodePosition } from "./directive-node.ts";
import { resolveVariables } from "./environment.ts";
import { type KnownDirective, Where } from "./known-directives.ts";
import { ON_READ_DIRECTIVES } from "./on-read.ts";
import { problemAt, problemOnLine, type ReadProblem } from "./read-problem.ts";
import type { Reader } from "./reader.ts";
import type { SourceLine } from "./source-line.ts";
import { readWord } from "./words.ts";

/** Puts the tree of one source together, as `ap_build_config`; throws ReadProblem. */
export function buildSource(reader: Reader, cursor: Cursor, parent: DirectiveNode | null): DirectiveNode[] {
  const builder = new Builder(reader, cursor, parent);
  builder.run(null);
  const unclosed = builder.open;
  if (unclosed.length > 0) throw notClosed(unclosed);
  return builder.roots;
}

/** Puts together what stands up to a closing line such as "</IfModule>" (`ap_build_cont_config`). */
function buildUpTo(reader: Reader, cursor: Cursor, parent: DirectiveNode | null, closing: string): DirectiveNode[] {
  const builder = new Builder(reader, cursor, parent);
  builder.run(closing.toLowerCase());
  return builder.roots;
}

function notClosed(open: readonly DirectiveNode[]): ReadProblem {
  const innermostFirst = [...open].reverse();
  const texts = innermostFirst.map(
    (node) => `${node.source.label}:${node.source.number}: ${node.name}> was not closed.`,
  );
  const outermost = open[0] as DirectiveNode;
  // httpd's log prints the line feed between the parts as the two characters "\n".
  return problemAt(outermost, texts.join("\\n"));
}

class Builder {
  readonly roots: DirectiveNode[] = [];
  readonly open: DirectiveNode[] = [];
  private readonly reader: Reader;
  private readonly cursor: Cursor;
  private readonly around: DirectiveNode | null;

  constructor(reader: Reader, cursor: Cursor, around: DirectiveNode | null) {
    this.reader = reader;
    this.cursor = cursor;
    this.around = around;
  }

  run(closing: string | null): void {
    for (;;) {
      const line = this.cursor.lines[this.cursor.next];
      if (line === undefined) return;
      this.cursor.next++;
      if (++this.reader.linesRead > MOST_LINES) {
        throw problemOnLine(line, `more than ${MOST_LINES} lines in all: lbsim stops reading here`);
      }
      if (closing !== null && this.open.length === 0 && line.text.toLowerCase() === closing) return;
      if (line.text !== "" && !line.text.startsWith("#")) this.add(resolveVariables(this.reader, line));
    }
  }

  private add(line: SourceLine): void {
    const { word, next } = readWord(line.text, 0);
    if (word.text === "") return;
    if (word.text.startsWith("</")) {
      this.close(line, word.text);
      return;
    }
    const isSection = word.text.startsWith("<");
    const name = word.text.endsWith(">") ? word.text.slice(0, -1) : word.text;
    const args = line.text.slice(next);
    const children = isSection ? [] : null;
    const parent = this.open[this.open.length - 1] ?? this.around;
    const given = isSection && args === "" ? ">" : args;
    const node: DirectiveNode = { name, args: given, source: line, argsAt: next, children, parent };
    const known = findDirective(this.reader, name);
    if (known !== null && (known.where & Where.ON_READ) !== 0) {
      this.list().push(...this.carryOut(node, known));
      return;
    }
    this.list().push(node);
    if (isSection) this.enter(node);
  }

  private list(): DirectiveNode[] {
    return this.open[this.open.length - 1]?.children ?? this.roots;
  }

  private enter(node: DirectiveNode): void {
    this.open.push(node);
    if (nesting(node) > DEEPEST_NESTING) {
      throw problemAt(node, `sections are nested deeper than ${DEEPEST_NESTING}: lbsim stops reading here`);
    }
  }

  private close(line: SourceLine, tag: string): void {
    const section = this.open[this.open.length - 1];
    if (section === undefined) throw problemOnLine(line, `${tag} without matching <${tag.slice(2)} section`);
    if (!tag.endsWith(">")) throw problemOnLine(line, `${tag}> directive missing closing '>'`);
    const opened = section.name.slice(1);
    if (tag.slice(2, -1).toLowerCase() !== opened.toLowerCase()) {
      throw problemOnLine(line, `Expected </${opened}> but saw ${tag}`);
    }
    this.open.pop();
  }

  private carryOut(node: DirectiveNode, known: KnownDirective): DirectiveNode[] {
    const cut = cutArguments(known, node.args);
    if ("complaint" in cut) throw problemAt(node, cut.complaint);
    if (nesting(node) > DEEPEST_NESTING) {
      throw problemAt(node, `sections are nested deeper than ${DEEPEST_NESTING}: lbsim stops reading here`);
    }
    const handler = ON_READ_DIRECTIVES.get(known.name.toLowerCase());
    if (handler === undefined) {
      this.reader.passOver("ignored", known.name, nodePosition(node));
      return [];
    }
    const { reader, cursor } = this;
    return handler({
      reader,
      node,
      cursor,
      words: cut.words,
      upTo: (closing) => buildUpTo(reader, cursor, node.parent, closing),
      source: (other) => buildSource(reader, other, node.parent),
    });
  }
}

function nesting(node: DirectiveNode): number {
  let depth = 0;
  for (let n: DirectiveNode | null = node; n !== null; n = n.parent) depth++;
  return depth;
}
