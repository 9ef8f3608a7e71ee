import { suggest } from "../../contract/suggest.ts";
import { bad, type Finding, good, type KeyPath, type Outcome, shown } from "../problems/finding.ts";
import type { DistributionSpec } from "./distribution-spec.ts";
import { plainNumber, type QuantityKind } from "./quantity.ts";

type Parameter = "quantity" | "number";

interface Form {
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Builds the spec; checks what single parameters can't say. */
  make(p: Readonly<Record<string, number>>): Outcome<DistributionSpec>;
}

/** Forms with named parameters; a name with several forms is told apart by the keys that are written. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  exponential: [form({ mean: "quantity" }, (p) => good({ kind: "exponential", mean: n(p, "mean") }))],
  uniform: [
    form({ min: "quantity", max: "quantity" }, (p) => {
      if (n(p, "min") > n(p, "max")) return bad("out-of-range", "min is larger than max", "exchange them");
      return good({ kind: "uniform", min: n(p, "min"), max: n(p, "max") });
    }),
  ],
  erlang: [
    form({ shape: "number", mean: "quantity" }, (p) => {
      const shape = n(p, "shape");
      if (!Number.isInteger(shape) || shape < 1 || shape > 1000) {
        return bad(
          "out-of-range",
          `shape must be a whole number 1 to 1000: ${shape}`,
          "erlang with shape 1 is exponential",
          ["shape"],
        );
      }
      return good({ kind: "erlang", shape, mean: n(p, "mean") });
    }),
  ],
  hyperexponential: [
    form({ mean: "quantity", cv: "number" }, (p) => {
      if (n(p, "cv") < 1) {
        return bad("out-of-range", "cv of a hyperexponential is at least 1", "use erlang for less spread", ["cv"]);
      }
      return good({ kind: "hyperexponential", mean: n(p, "mean"), cv: n(p, "cv") });
    }),
  ],
  lognormal: [
    form({ mean: "quantity", cv: "number" }, (p) =>
      positive(p, ["mean", "cv"], { kind: "lognormal", mean: n(p, "mean"), cv: n(p, "cv") }),
    ),
    form({ p50: "quantity", p99: "quantity" }, (p) => {
      if (n(p, "p50") >= n(p, "p99"))
        return bad("out-of-range", "p50 must be less than p99", "exchange them, or give one value");
      return positive(p, ["p50"], { kind: "lognormal-quantiles", p50: n(p, "p50"), p99: n(p, "p99") });
    }),
  ],
  weibull: [
    form({ shape: "number", scale: "quantity" }, (p) =>
      positive(p, ["shape", "scale"], { kind: "weibull", shape: n(p, "shape"), scale: n(p, "scale") }),
    ),
    form({ shape: "number", mean: "quantity" }, (p) =>
      positive(p, ["shape", "mean"], { kind: "weibull-mean", shape: n(p, "shape"), mean: n(p, "mean") }),
    ),
  ],
  pareto: [
    form({ shape: "number", min: "quantity" }, (p) =>
      positive(p, ["shape", "min"], { kind: "pareto", shape: n(p, "shape"), min: n(p, "min") }),
    ),
  ],
  "bounded-pareto": [
    form({ shape: "number", min: "quantity", max: "quantity" }, (p) => {
      if (n(p, "min") >= n(p, "max"))
        return bad("out-of-range", "min must be less than max", "exchange them, or give one value");
      const spec = { kind: "bounded-pareto", shape: n(p, "shape"), min: n(p, "min"), max: n(p, "max") } as const;
      return positive(p, ["shape", "min"], spec);
    }),
  ],
};

/** Every word that names a distribution in a scenario. */
export const DISTRIBUTION_NAMES: readonly string[] = ["constant", ...Object.keys(FORMS), "empirical", "mixture"];

/** Parameter names of each form of a distribution, for the JSON Schema and the reference. */
export function distributionForms(name: string): readonly (readonly [string, Parameter][])[] {
  return (FORMS[name] ?? []).map((one) => Object.entries(one.parameters));
}

/**
 * Reads a distribution: a plain quantity is a constant, else a section with one key, the distribution's name
 * (`{exponential: {mean: 5s}}`). `kind` says what its values are.
 */
export function readDistribution(value: unknown, kind: QuantityKind): Outcome<DistributionSpec> {
  if (!isSection(value)) {
    if (Array.isArray(value) || value === null) {
      return bad("wrong-type", `expected ${kind.example} or a distribution, found ${shown(value)}`);
    }
    return mapped(kind.read(value), [], (constant) => ({ kind: "constant", value: constant }));
  }
  const names = Object.keys(value);
  const [name, second] = names;
  if (name === undefined) return bad("missing-key", `an empty section: name a distribution`, namesHint());
  for (const each of names) {
    if (!DISTRIBUTION_NAMES.includes(each)) return unknownName(each, names);
  }
  if (second !== undefined) return bad("conflicting-keys", `two distributions at once: ${name} and ${second}`);
  const body = value[name];
  if (name === "constant")
    return mapped(kind.read(body), [name], (constant) => ({ kind: "constant", value: constant }));
  if (name === "empirical") return under([name], readEmpirical(body, kind));
  if (name === "mixture") return under([name], readMixture(body, kind));
  return under([name], readForm(name, body, kind));
}

function readForm(name: string, body: unknown, kind: QuantityKind): Outcome<DistributionSpec> {
  const forms = FORMS[name] ?? [];
  const first = forms[0];
  if (first === undefined) return bad("wrong-value", `${shown(name)} is not a distribution`);
  const shapes = forms.map((one) => `{${Object.keys(one.parameters).join(", ")}}`).join(" or ");
  if (!isSection(body)) return bad("wrong-type", `${name} needs ${shapes}, found ${shown(body)}`);
  const written = Object.keys(body);
  const chosen = forms.find((one) => written.every((key) => key in one.parameters)) ?? first;
  const known = [...new Set(forms.flatMap((one) => Object.keys(one.parameters)))];
  const findings: Finding[] = [];
  const values: Record<string, number> = {};
  for (const key of written) {
    if (key in chosen.parameters) continue;
    const near = suggest(key, known);
    const hint = near === null || near === key ? `${name} takes ${shapes}` : `did you mean "${near}"?`;
    const message = `"${key}" is not a parameter of ${name}${known.includes(key) ? " in this combination" : ""}`;
    findings.push({ path: [key], code: "unknown-key", message, hint, on: "key" });
  }
  for (const [key, parameter] of Object.entries(chosen.parameters)) {
    const given = body[key];
    if (given === undefined) {
      findings.push({ path: [], code: "missing-key", message: `${name} needs "${key}"`, hint: null, on: "value" });
      continue;
    }
    const read = parameter === "quantity" ? kind.read(given) : readShape(given);
    if (read.ok) values[key] = read.value;
    else findings.push(...read.findings.map((finding) => ({ ...finding, path: [key] })));
  }
  return findings.length > 0 ? { ok: false, findings } : chosen.make(values);
}

/** Shapes and coefficients of variation: beyond these bounds the arithmetic of the draws is no longer exact. */
function readShape(value: unknown): Outcome<number> {
  const read = plainNumber.read(value);
  const isUsable = !read.ok || (read.value >= 0.01 && read.value <= 1000);
  return isUsable ? read : bad("out-of-range", `must be between 0.01 and 1000: ${shown(value)}`, "write 0.01 to 1000");
}

function readEmpirical(body: unknown, kind: QuantityKind): Outcome<DistributionSpec> {
  const entries = readWeighted(body, "value", (value) => kind.read(value));
  if (!entries.ok) return entries;
  return good({ kind: "empirical", values: entries.value.map(({ weight, of }) => ({ value: of, weight })) });
}

function readMixture(body: unknown, kind: QuantityKind): Outcome<DistributionSpec> {
  const parts = readWeighted(body, "of", (value) => readDistribution(value, kind));
  return parts.ok ? good({ kind: "mixture", parts: parts.value }) : parts;
}

/** A list of {weight, KEY}; weight 1 when left out. */
function readWeighted<T>(
  body: unknown,
  key: string,
  read: (value: unknown) => Outcome<T>,
): Outcome<{ readonly weight: number; readonly of: T }[]> {
  if (!Array.isArray(body) || body.length === 0) {
    return bad("wrong-type", `expected a list of {${key}, weight}, found ${shown(body)}`);
  }
  const findings: Finding[] = [];
  const entries: { weight: number; of: T }[] = [];
  body.forEach((item: unknown, index) => {
    if (!isSection(item)) {
      findings.push(...findingsOf(bad("wrong-type", `expected {${key}, weight}, found ${shown(item)}`, null, [index])));
      return;
    }
    for (const unknown of Object.keys(item).filter((name) => name !== key && name !== "weight")) {
      const message = `"${unknown}" is not a key here: {${key}, weight}`;
      findings.push({ path: [index, unknown], code: "unknown-key", message, hint: null, on: "key" });
    }
    const weight = under([index, "weight"], plainNumber.read(item.weight ?? 1));
    const of = under(item[key] === undefined ? [index] : [index, key], readGiven(item[key], key, read));
    if (weight.ok && of.ok) entries.push({ weight: weight.value, of: of.value });
    findings.push(...findingsOf(weight), ...findingsOf(of));
  });
  if (findings.length > 0) return { ok: false, findings };
  if (entries.every((entry) => entry.weight === 0))
    return bad("out-of-range", "every weight is 0", "give one of them a weight, e.g. 1");
  return good(entries);
}

function readGiven<T>(value: unknown, key: string, read: (value: unknown) => Outcome<T>): Outcome<T> {
  return value === undefined ? bad("missing-key", `"${key}" is missing`) : read(value);
}

function form(parameters: Form["parameters"], make: Form["make"]): Form {
  return { parameters, make };
}

function n(parameters: Readonly<Record<string, number>>, key: string): number {
  return parameters[key] ?? 0;
}

function positive(
  parameters: Readonly<Record<string, number>>,
  keys: readonly string[],
  spec: DistributionSpec,
): Outcome<DistributionSpec> {
  const zero = keys.find((key) => n(parameters, key) === 0);
  return zero === undefined
    ? good(spec)
    : bad("out-of-range", `${zero} must be more than 0`, "for nothing at all write 0 alone, without a distribution", [
        zero,
      ]);
}

function mapped<T, U>(outcome: Outcome<T>, path: KeyPath, map: (value: T) => U): Outcome<U> {
  return outcome.ok ? good(map(outcome.value)) : under(path, outcome);
}

function under<T>(path: KeyPath, outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  return { ok: false, findings: outcome.findings.map((one) => ({ ...one, path: [...path, ...one.path] })) };
}

function findingsOf(outcome: Outcome<unknown>): readonly Finding[] {
  return outcome.ok ? [] : outcome.findings;
}

function unknownName(name: string, written: readonly string[]): Outcome<never> {
  const near = suggest(name, DISTRIBUTION_NAMES);
  const isLoose = written.some((key) => key === "mean" || key === "min" || key === "value");
  const hint = near !== null ? `did you mean "${near}"?` : isLoose ? "e.g. {exponential: {mean: 40ms}}" : namesHint();
  const message = `${shown(name)} is not a distribution`;
  return { ok: false, findings: [{ path: [name], code: "unknown-key", message, hint, on: "key" }] };
}

function namesHint(): string {
  return `distributions: ${DISTRIBUTION_NAMES.join(", ")}`;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
