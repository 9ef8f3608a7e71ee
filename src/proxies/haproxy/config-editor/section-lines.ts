import { splitWords, type Word } from "../config/split-words.ts";

/** A line of a configuration with its place in the text. */
export interface EditableLine {
  /** Offset of its first character. */
  readonly start: number;
  readonly text: string;
  readonly words: readonly Word[];
  /** "backend shop", "global"; "" before the first section. */
  readonly section: string;
  /** The line that begins the section. */
  readonly isHeader: boolean;
}

const SECTIONS =
  `global defaults frontend backend listen userlist peers mailers resolvers cache http-errors ring log-forward
  program fcgi-app`.split(/\s+/);

/** The lines of a text with the section that each belongs to. */
export function sectionLines(text: string): readonly EditableLine[] {
  let start = 0;
  let section = "";
  return text.split("\n").map((line) => {
    // Variables stay as they are written: only places are needed.
    const { words } = splitWords(line, () => undefined);
    const first = words[0]?.text ?? "";
    const isHeader = SECTIONS.includes(first);
    if (isHeader)
      section = first === "listen" ? `backend ${words[1]?.text ?? ""}` : `${first} ${words[1]?.text ?? ""}`.trim();
    const edited = { start, text: line, words, section, isHeader };
    start += line.length + 1;
    return edited;
  });
}

/** The text with words `from` to the last of a line replaced; comments stay. */
export function replaceWords(text: string, line: EditableLine, from: number, by: string): string {
  const first = line.words[from];
  const last = line.words[line.words.length - 1];
  if (first === undefined || last === undefined) return insertBehind(text, line, ` ${by}`);
  return text.slice(0, line.start + first.start) + by + text.slice(line.start + last.end);
}

/** The text with something put behind the last word of a line. */
export function insertBehind(text: string, line: EditableLine, addition: string): string {
  const at = line.start + (line.words[line.words.length - 1]?.end ?? line.text.length);
  return text.slice(0, at) + addition + text.slice(at);
}

/** The text with a line added behind another, indented as its neighbours are. */
export function addLine(text: string, header: EditableLine, next: EditableLine | undefined, content: string): string {
  const isOwn = next !== undefined && !next.isHeader && next.words.length > 0;
  const margin = isOwn ? (/^[ \t]*/.exec(next.text)?.[0] ?? "    ") : "    ";
  const at = header.start + header.text.length;
  const end = header.text.endsWith("\r") ? "\r\n" : "\n";
  const from = header.text.endsWith("\r") ? at - 1 : at;
  return `${text.slice(0, from)}${end}${margin}${content}${text.slice(from)}`;
}
