import type { Remark, WrittenConfiguration } from "../../contract/balancing-intent.ts";
import type { Position } from "../../contract/problem.ts";

/** Longest line of a comment. */
const COMMENT_WIDTH = 110;
const INDENT = "    ";

/** A configuration that is being written: indented lines, and comments where the meaning is not kept. All families comment with "#". */
export class ConfigurationText {
  private readonly lines: string[] = [];
  private readonly remarks: Remark[] = [];

  /** A line of configuration; "" = an empty line, never two in a row. */
  line(depth: number, text: string): void {
    if (text === "" && (this.lines.length === 0 || this.lines[this.lines.length - 1] === "")) return;
    // No empty line before the end of a block.
    if (text === "}" && this.lines[this.lines.length - 1] === "") this.lines.pop();
    this.lines.push(text === "" ? "" : INDENT.repeat(depth) + text);
  }

  comment(depth: number, text: string): void {
    const start = `${INDENT.repeat(depth)}# `;
    let line = "";
    for (const word of text.split(" ")) {
      if (line !== "" && start.length + line.length + 1 + word.length > COMMENT_WIDTH) {
        this.lines.push(start + line);
        line = `  ${word}`;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    this.lines.push(start + line);
  }

  /** A place where the meaning is not kept: said in a comment and in the list of remarks. */
  remark(depth: number, code: string, message: string, position: Position | null): void {
    const line = this.lines.length + 1;
    const place = position === null ? "" : ` (${position.file}:${position.line})`;
    this.comment(depth, `lbsim ${code}: ${plainLine(message)}${plainLine(place)}`);
    this.remarks.push({ code, message, position, line });
  }

  written(): WrittenConfiguration {
    return { text: `${this.lines.join("\n").replace(/\n+$/, "")}\n`, remarks: this.remarks };
  }
}

/** Comments end at the end of the line, and a backslash there would join the next one. */
function plainLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of a file name or value
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ").replace(/\\+(?=\s|$)/g, "");
}
