import type { Position } from "../../../contract/problem.ts";
import { type AclHost, parseAclTest } from "./acl-parser.ts";
import type { Args } from "./args.ts";
import { DEFAULT_ACLS } from "./default-acls.ts";
import { Fault } from "./report.ts";
import type { AclTest, Condition, ConditionTerm } from "./sample-expression.ts";

/** ACLs of one section by name; lines that come later are added to the same list. */
export type AclTable = Map<string, AclTest[]>;

/**
 * Reads `if …` or `unless …` from word `from` on. Terms side by side are AND, `or` and `||` separate alternatives, `!`
 * negates the next term, `{ … }` is a test without a name. Throws `Fault` with HAProxy's words. Source: HAProxy 2.6.12
 * src/acl.c, build_acl_cond and parse_acl_cond.
 */
export function parseCondition(args: Args, from: number, acls: AclTable, host: AclHost): Condition {
  const word = args.at(from);
  if (word !== "if" && word !== "unless") throw new Fault("conditions must start with either 'if' or 'unless'");
  const alternatives: ConditionTerm[][] = [];
  let current: ConditionTerm[] | null = null;
  let negated = false;
  for (let i = from + 1; args.at(i) !== ""; i++) {
    const marks = /^!*/.exec(args.at(i))?.[0].length ?? 0;
    if (marks % 2 === 1) negated = !negated;
    const name = args.at(i).slice(marks);
    if (name === "") continue;
    if (name.toLowerCase() === "or" || name === "||") {
      current = null;
      negated = false;
      continue;
    }
    let term: ConditionTerm;
    if (name === "{") {
      const end = closing(args, i);
      const words = args.from(i + 1).slice(0, end - i - 1);
      term = { negated, name: "{ … }", tests: [parseAclTest(words, args.position(i + 1), host)] };
      i = end;
    } else term = { negated, name, tests: named(name, acls, args.position(i), host) };
    if (current === null) {
      current = [];
      alternatives.push(current);
    }
    current.push(term);
    negated = false;
  }
  const text = args.from(from).join(" ");
  return { unless: word === "unless", alternatives, text, position: args.span(from) };
}

function closing(args: Args, from: number): number {
  for (let i = from + 1; args.at(i) !== ""; i++) if (args.at(i) === "}") return i;
  throw new Fault("missing closing '}' in condition");
}

function named(name: string, acls: AclTable, position: Position, host: AclHost): readonly AclTest[] {
  const known = acls.get(name);
  if (known !== undefined) return known;
  const words = DEFAULT_ACLS.get(name);
  if (words === undefined) throw new Fault(`no such ACL : '${name}'`);
  const tests = [parseAclTest(words, position, host)];
  acls.set(name, tests);
  return tests;
}
