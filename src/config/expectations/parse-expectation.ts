import type { Position } from "../../contract/problem.ts";
import { suggest } from "../../contract/suggest.ts";
import { duration, type QuantityKind, ratio } from "../values/quantity.ts";
import {
  EXPECTATION_OPERATORS,
  type Expectation,
  type ExpectationMetric,
  type ExpectationOperator,
  type ExpectationSubject,
  type ExpectationWindow,
  type ExpectationWords,
} from "./expectation.ts";
import { ExpectationFault, type Piece, Scanner } from "./scanner.ts";

/** k6's words for statistics of the response time. */
const RESPONSE_WORDS: Readonly<Record<string, string>> = { avg: "response_mean", med: "response_p50" };

const QUANTILE: ExpectationMetric = { id: "p(…)", unit: "µs", perClass: true, perWindow: true };
const CLAUSES = ["variant", "class", "during"];
const CLAUSE_HINT = "after the value: variant NAME, class NAME, during FAULT [+ 30s] or during 10s..40s";

/**
 * Reads `SUBJECT OPERATOR VALUE [for] CLAUSE…`, k6's form where it fits:
 *
 *     p(99) < 250ms
 *     availability >= 99.9% class checkout during node2-crash + 30s
 *     share(node1) within 2% of loadfactor variant byrequests
 *
 * @throws ExpectationFault with the place of what is wrong.
 */
export function parseExpectation(text: string, position: Position, words: ExpectationWords): Expectation {
  const scanner = new Scanner(text);
  const { subject, metric, piece } = readSubject(scanner, words);
  const { operator, bound } = metric === null ? readWithin(scanner) : readComparison(scanner, metric);
  const clauses = readClauses(scanner, words);
  requireMeasured(metric, clauses, piece);
  return { text, position, subject, operator, bound, ...clauses };
}

interface Subject {
  readonly subject: ExpectationSubject;
  /** Null = a share. */
  readonly metric: ExpectationMetric | null;
  readonly piece: Piece;
}

function readSubject(scanner: Scanner, words: ExpectationWords): Subject {
  const piece = scanner.word();
  if (piece === null) throw scanner.unexpected("expected a metric", "e.g. availability >= 99.9% or p(99) < 250ms");
  if (piece.text === "p") return { subject: readQuantile(scanner), metric: QUANTILE, piece };
  if (piece.text === "share") return { subject: readShare(scanner, words), metric: null, piece };
  const id = Object.hasOwn(RESPONSE_WORDS, piece.text) ? RESPONSE_WORDS[piece.text] : piece.text;
  const metric = words.metrics.find((each) => each.id === id);
  if (metric !== undefined) return { subject: { kind: "metric", id: metric.id }, metric, piece };
  const [, percent] = /^p(\d+(?:\.\d+)?)$/i.exec(piece.text) ?? [];
  if (percent !== undefined)
    throw unknown("unknown-metric", `there is no metric "${piece.text}"`, piece, [], `write p(${percent})`);
  const known = [...words.metrics.map((each) => each.id), ...Object.keys(RESPONSE_WORDS)];
  throw unknown("unknown-metric", `there is no metric "${piece.text}"`, piece, known, "see lbsim list metrics");
}

function readQuantile(scanner: Scanner): ExpectationSubject {
  if (!scanner.take("(")) throw scanner.unexpected("expected ( after p", "e.g. p(99) < 250ms");
  const value = scanner.value();
  const percent = value === null || !/^\d+(\.\d+)?$/.test(value.text) ? Number.NaN : Number(value.text);
  if (value === null || !(percent > 0 && percent < 100))
    throw value === null
      ? scanner.unexpected("expected a percentile", "e.g. p(99)")
      : fault(value, `a percentile lies between 0 and 100: "${value.text}"`, "e.g. p(99) or p(99.9)");
  if (!scanner.take(")")) throw scanner.unexpected("expected )", null);
  // Not percent / 100: that would be 0.9990000000000001 for 99.9.
  return { kind: "quantile", p: Number(`${value.text}e-2`) };
}

function readShare(scanner: Scanner, words: ExpectationWords): ExpectationSubject {
  const hint = "e.g. share(node1) within 2% of loadfactor";
  if (!scanner.take("(")) throw scanner.unexpected("expected ( after share", hint);
  const name = scanner.name();
  if (name === null) throw scanner.unexpected("expected the name of a member", hint);
  if (!words.members.includes(name.text))
    throw unknown(
      "unknown-member",
      `there is no member "${name.text}"`,
      name,
      words.members,
      "see lbsim run --print-config",
    );
  const meant = Object.hasOwn(words.ambiguous, name.text) ? (words.ambiguous[name.text] ?? []) : [];
  if (meant.length > 0)
    throw new ExpectationFault(
      "ambiguous-backend",
      `"${name.text}" can mean ${meant.length} members`,
      `write one of: ${meant.map((address) => `share(${address})`).join(", ")}`,
      name.at,
      name.text.length,
    );
  if (!scanner.take(")")) throw scanner.unexpected("expected )", null);
  return { kind: "share", member: name.text };
}

interface Threshold {
  readonly operator: ExpectationOperator;
  readonly bound: number;
}

function readWithin(scanner: Scanner): Threshold {
  const hint = "write within 2% of loadfactor: percentage points around what the member is entitled to";
  if (!scanner.takeWord("within")) throw scanner.unexpected("expected within", hint);
  const value = scanner.value();
  if (value === null) throw scanner.unexpected("expected a share such as 2%", hint);
  const bound = readQuantity(ratio, value);
  if (!scanner.takeWord("of") || !(scanner.takeWord("loadfactor") || scanner.takeWord("weight")))
    throw scanner.unexpected("expected of loadfactor", hint);
  return { operator: "within", bound };
}

function readComparison(scanner: Scanner, metric: ExpectationMetric): Threshold {
  const operator = EXPECTATION_OPERATORS.find((each) => scanner.take(each));
  if (operator === undefined) {
    const hint = scanner.text.includes("=") && !scanner.text.includes("==") ? "for equal write ==" : null;
    throw scanner.unexpected(`expected one of ${EXPECTATION_OPERATORS.join(" ")}`, hint);
  }
  const value = scanner.value();
  if (value === null) throw scanner.unexpected("expected a value", exampleOf(metric.unit));
  const bound = readBound(metric, value);
  // In every replication it is a whole number: such a threshold would say the same whatever happens.
  if (metric.unit === "count" && (operator === "==" || operator === "!=") && !Number.isInteger(bound))
    throw fault(value, `${metric.id} is a whole number in every replication, not "${value.text}"`, "e.g. 0");
  return { operator, bound };
}

function readBound({ unit, id }: ExpectationMetric, value: Piece): number {
  if (unit === "ratio") return readQuantity(ratio, value);
  if (unit === "µs") return readQuantity(duration, value);
  const [, digits = "", rest = ""] = /^(\d+(?:\.\d+)?|\.\d+)(.*)$/.exec(value.text) ?? [];
  const allowed = unit === "1/s" ? ["", "/s"] : [""];
  if (digits !== "" && allowed.includes(rest)) return Number(digits);
  const what = unit === "1/s" ? "a rate" : "a count";
  const code = digits === "" ? "bad-expectation" : "wrong-unit";
  throw new ExpectationFault(
    code,
    `${id} is ${what}, not "${value.text}"`,
    exampleOf(unit),
    value.at,
    value.text.length,
  );
}

function readQuantity(kind: QuantityKind, value: Piece): number {
  const outcome = kind.read(value.text);
  if (outcome.ok) return outcome.value;
  const [finding] = outcome.findings;
  const hint = finding?.hint ?? `e.g. ${kind.example}`;
  throw new ExpectationFault(finding?.code ?? "", finding?.message ?? "", hint, value.at, value.text.length);
}

function exampleOf(unit: ExpectationMetric["unit"]): string {
  return { ratio: "e.g. 99.9%", µs: "e.g. 250ms", "1/s": "e.g. 40 or 40/s", count: "a plain number, e.g. 0" }[unit];
}

type Clauses = Pick<Expectation, "variant" | "requestClass" | "window">;

function readClauses(scanner: Scanner, words: ExpectationWords): Clauses {
  let clauses: Clauses = { variant: null, requestClass: null, window: null };
  const seen = new Set<string>();
  while (!scanner.isAtEnd) {
    scanner.take(",");
    scanner.takeWord("for");
    const keyword = CLAUSES.find((each) => scanner.takeWord(each));
    if (keyword === undefined) throw scanner.unexpected(`expected ${CLAUSES.join(", ")}`, CLAUSE_HINT);
    if (seen.has(keyword)) throw scanner.unexpected(`a second "${keyword}"`, "write an expectation of its own");
    seen.add(keyword);
    const name = scanner.name();
    if (name === null) throw scanner.unexpected(`expected a name after ${keyword}`, CLAUSE_HINT);
    if (keyword === "variant") clauses = { ...clauses, variant: oneOf("variant", name, words.variants) };
    else if (keyword === "class") clauses = { ...clauses, requestClass: oneOf("class", name, words.classes) };
    else clauses = { ...clauses, window: readWindow(scanner, name, words) };
  }
  return clauses;
}

function readWindow(scanner: Scanner, name: Piece, { faults }: ExpectationWords): ExpectationWindow {
  const [, from, to] = /^(\d.*?)\.\.(\d.*)$/.exec(name.text) ?? [];
  if (from !== undefined && to !== undefined) {
    const fromUs = readQuantity(duration, { text: from, at: name.at });
    const toUs = readQuantity(duration, { text: to, at: name.at + from.length + 2 });
    if (toUs <= fromUs) throw fault(name, `a window ends after it begins: "${name.text}"`, "e.g. during 10s..40s");
    return { kind: "span", fromUs, toUs };
  }
  if (!faults.includes(name.text)) {
    const rest = faults.length === 0 ? "the scenario has no faults" : `faults: ${faults.join(", ")}`;
    throw unknown("unknown-window", `there is no fault "${name.text}"`, name, faults, rest);
  }
  if (!scanner.take("+")) return { kind: "fault", id: name.text, extendUs: 0 };
  const more = scanner.value();
  if (more === null) throw scanner.unexpected("expected a duration", "e.g. during node2-crash + 30s");
  return { kind: "fault", id: name.text, extendUs: readQuantity(duration, more) };
}

function oneOf(kind: "variant" | "class", name: Piece, known: readonly string[]): string {
  if (known.includes(name.text)) return name.text;
  const all = `${kind === "class" ? "classes" : "variants"}: ${known.join(", ")}`;
  const quoting = known.some((each) => each.startsWith(`${name.text} `)) ? "; a name with blanks stands in quotes" : "";
  const message = `there is no ${kind} "${name.text}"`;
  throw kind === "class"
    ? unknown("unknown-class", message, name, known, all + quoting)
    : unknown("unknown-variant", message, name, known, all + quoting);
}

/** A metric that is not counted per class or window would silently be that of everything. */
function requireMeasured(metric: ExpectationMetric | null, { requestClass, window }: Clauses, piece: Piece): void {
  const id = metric?.id ?? "share(…)";
  const hint = "see docs/reference/expectations.md for the metrics that are";
  if (requestClass !== null && metric?.perClass !== true) throw fault(piece, `${id} is not measured per class`, hint);
  if (window !== null && metric?.perWindow !== true) throw fault(piece, `${id} is not measured per window`, hint);
}

function fault({ text, at }: Piece, message: string, hint: string | null): ExpectationFault {
  return new ExpectationFault("bad-expectation", message, hint, at, text.length);
}

function unknown(
  code: string,
  message: string,
  piece: Piece,
  known: readonly string[],
  rest: string,
): ExpectationFault {
  const near = suggest(piece.text, known);
  const hint = near === null ? rest : `did you mean "${near}"?`;
  return new ExpectationFault(code, message, hint, piece.at, piece.text.length);
}
