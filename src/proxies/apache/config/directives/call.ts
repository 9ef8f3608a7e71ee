import { type DirectiveNode, nodePosition, wordPosition } from "../directive-node.ts";
import type { SectionDraft, ServerDraft } from "../drafts.ts";
import type { KnownDirective } from "../known-directives.ts";
import { logText } from "../log-text.ts";
import type { AccessGroup } from "../policy.ts";
import type { Reader } from "../reader.ts";
import { Refused } from "../refused.ts";
import type { Word } from "../words.ts";

/** Where a directive stands. */
export interface Context {
  readonly kind: "server" | "location" | "proxy" | "other";
  readonly server: ServerDraft;
  /** Path, pattern or URL of the innermost <Location> or <Proxy>; null at server level (httpd's `cmd->path`). */
  readonly path: string | null;
  /** `path` is a regular expression. */
  readonly isRegex: boolean;
  /** Places that are allowed here, see `Where`. */
  readonly where: number;
  /** `server`: acts on every request of the server; `part`: on some, which lbsim keeps only where it says so. */
  readonly reach: "server" | "part";
  /** The <Location> whose requests it acts on; null when it stands in none, or only for some of those requests. */
  readonly section: SectionDraft | null;
  /** Innermost <RequireAll>, <RequireAny> or <RequireNone>. */
  readonly group: AccessGroup | null;
}

/** One directive to be carried out. */
export interface Call {
  readonly reader: Reader;
  readonly node: DirectiveNode;
  readonly known: KnownDirective;
  readonly words: readonly Word[];
  readonly context: Context;
  /** An <If> stands before it in the same section. */
  readonly afterIf: boolean;
  /** Carries out what stands inside a section. */
  inside(context: Context): void;
}

export type Handler = (call: Call) => void;
/** Handlers by lower-case directive name. */
export type HandlerTable = readonly (readonly [string, Handler])[];

/** Stops reading with httpd's message for an error in a directive. */
export function refuse(call: Pick<Call, "node">, message: string, word?: Word): never {
  const { node } = call;
  const text = `AH00526: Syntax error on line ${node.source.number} of ${node.source.label}:\n${logText(message)}`;
  const position = word === undefined ? nodePosition(node) : wordPosition(node, word);
  throw new Refused(text, position, "syntax", { name: node.name.toLowerCase(), args: node.args });
}

/** Refuses when the directive stands, however deep, inside one of these sections (`ap_check_cmd_context`). */
export function refuseInside(call: Call, sections: readonly string[]): void {
  for (let n = call.node.parent; n !== null; n = n.parent) {
    const name = n.name.toLowerCase();
    if (sections.includes(name)) refuse(call, `${call.known.name} cannot occur within ${n.name}> section`);
  }
}

/** Sections in which nothing about proxied URLs can be said. */
export const FILE_SECTIONS: readonly string[] = [
  "<directory",
  "<directorymatch",
  "<files",
  "<filesmatch",
  "<if",
  "<elseif",
  "<else",
];

/** What stands between a section's name and the last ">". */
export function sectionArgument(call: Call): string {
  const end = call.node.args.lastIndexOf(">");
  if (end < 0) refuse(call, `${call.known.name}> directive missing closing '>'`);
  return call.node.args.slice(0, end);
}

/** Puts a directive on the list of those that affect results in life but not here. */
export function passOver(call: Call, kind: "ignored" | "unmodelled"): void {
  call.reader.passOver(kind, call.known.name, nodePosition(call.node));
}
