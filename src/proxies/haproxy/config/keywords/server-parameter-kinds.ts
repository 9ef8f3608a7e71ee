import type { Args } from "../args.ts";
import type { ServerDraft } from "../drafts.ts";
import { leadingInteger, readTime, trailingWarning } from "../number-values.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";

/** One parameter of a server at word `i`; throws `Fault` with HAProxy's words, without the dot that it adds. */
export type ServerParameter = (server: ServerDraft, args: Args, i: number, reader: Reader) => void;

type Setter = (server: ServerDraft) => void;

/** A word without a value. */
export function flag(set: Setter): ServerParameter {
  return (server) => set(server);
}

/** A number as atoi reads it: other words count as 0; `needs` = what is said where none is written. */
export function number(set: (server: ServerDraft, value: number) => void, needs = ""): ServerParameter {
  return (server, args, i, reader) => {
    if (args.at(i + 1) === "" && needs !== "") throw new Fault(needs);
    if (args.at(i + 1) !== "") reader.checkNumber(args, i + 1, args.at(i));
    set(server, leadingInteger(args.at(i + 1)));
  };
}

/** A number that must be positive. */
export function positive(set: (server: ServerDraft, value: number) => void, quoted = true): ServerParameter {
  return (server, args, i) => {
    const word = args.at(i);
    if (args.at(i + 1) === "") throw new Fault(`'${word}' expects an integer argument.`);
    const value = leadingInteger(args.at(i + 1));
    if (value <= 0) throw new Fault(`${quoted ? `'${word}'` : word} has to be > 0.`);
    set(server, value);
  };
}

/** An interval of a check, in ms; zero is refused. Source: HAProxy 2.6.12 src/check.c. */
export function interval(set: (server: ServerDraft, us: number) => void): ServerParameter {
  return (server, args, i, reader) => {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (value === "") throw new Fault(`'${word}' expects a delay as argument.`);
    const read = readTime(value, "ms");
    if (read.kind === "over") {
      const most = "maximum value is 2147483647 ms (~24.8 days)";
      throw new Fault(`timer overflow in argument <${value}> to <${word}> of server ${server.name}, ${most}.`);
    }
    if (read.kind === "character") {
      throw new Fault(`unexpected character '${read.character}' in 'agent-inter' argument of server ${server.name}.`);
    }
    if (read.kind !== "time") return;
    if (read.trailing !== "") warnTrailing(server, args, i, reader, read.trailing);
    if (read.us <= 0) throw new Fault(`invalid value 0 for argument '${word}' of server ${server.name}.`);
    set(server, read.us);
  };
}

/** What HAProxy warns about when characters follow a unit. */
export function warnTrailing(server: ServerDraft, args: Args, i: number, reader: Reader, character: string): void {
  const where = `[${args.here}] : 'server ${server.owner}/${server.name}' : `;
  reader.report.warn(where + trailingWarning(args.at(i + 1), character), args.position(i + 1));
}

/** One of a few words; `says` = what the others are told. */
export function oneOf<T extends string>(
  words: readonly T[],
  says: (got: string, word: string) => string,
  set: (server: ServerDraft, value: T) => void,
): ServerParameter {
  return (server, args, i) => {
    const value = words.find((each) => each === args.at(i + 1));
    if (value === undefined) throw new Fault(says(args.at(i + 1), args.at(i)));
    set(server, value);
  };
}

/** Any word. */
export function text(what: string, set: (server: ServerDraft, value: string) => void): ServerParameter {
  return (server, args, i) => {
    if (args.at(i + 1) === "") throw new Fault(`'${args.at(i)}' expects ${what} as argument.`);
    set(server, args.at(i + 1));
  };
}
