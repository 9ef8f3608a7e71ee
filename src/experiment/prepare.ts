import { applySettings } from "../config/apply-settings.ts";
import { readOverrides } from "../config/overrides.ts";
import { type ParsedScenario, parseScenario } from "../config/parse-scenario.ts";
import { problem } from "../config/problem.ts";
import { type ResolvedScenario, resolveScenario } from "../config/resolve/resolve-scenario.ts";
import type { Setting } from "../config/setting.ts";
import type { Variant } from "../config/variants.ts";
import type { Problem } from "../contract/problem.ts";
import { mergeProxyFacts } from "../contract/proxy-facts.ts";
import type { ProxyFamily, ReadHost, Reading, ReadOptions } from "../contract/proxy-family.ts";
import { FAMILIES } from "../proxies/families.ts";

/** What an experiment is made of: texts and choices, plain JSON, the same on every machine. */
export interface ExperimentInput {
  readonly file: string;
  readonly text: string;
  /** `--set` options. */
  readonly overrides: readonly string[];
  readonly seed: number | null;
}

/** A variant ready to run. */
export interface PreparedVariant {
  readonly name: string;
  readonly settings: readonly { readonly key: string; readonly value: string }[];
  readonly family: ProxyFamily;
  readonly config: unknown;
  readonly file: string;
  readonly text: string;
  readonly diff: string;
  readonly reading: Reading<unknown>;
}

export interface PreparedExperiment {
  readonly scenario: ParsedScenario;
  readonly resolved: ResolvedScenario;
  readonly variants: readonly PreparedVariant[];
  readonly baseline: string;
  readonly seed: number;
}

export interface Preparation {
  readonly experiment: PreparedExperiment | null;
  /** Errors and warnings about scenario and configurations, to be shown with their lines. */
  readonly problems: readonly Problem[];
}

/** Reads scenario and configurations and joins them. Never throws for what they say. */
export function prepareExperiment(input: ExperimentInput, host: ReadHost): Preparation {
  const overrides = readOverrides(input.overrides);
  const { scenario, problems } = parseScenario(input.file, input.text, (path) => host.load(path), overrides.scenario);
  if (scenario === null || overrides.problems.length > 0)
    return { experiment: null, problems: [...overrides.problems, ...problems] };
  const prepared = scenario.variants.map((variant) => prepareVariant(scenario, variant, overrides.proxy, host));
  const found = prepared.flatMap((each) => each.problems);
  const variants = prepared.flatMap(({ variant }) => (variant === null ? [] : [variant]));
  if (variants.length < prepared.length) return { experiment: null, problems: [...problems, ...found] };
  const facts = variants.map(({ family, config }) => family.facts(config));
  const base = Math.max(
    0,
    variants.findIndex(({ name }) => name === scenario.baseline),
  );
  const merged = mergeProxyFacts(
    facts[base] as (typeof facts)[number],
    facts.filter((_, i) => i !== base),
  );
  const joined = resolveScenario(scenario, merged);
  const all = [...problems, ...found, ...joined.problems];
  if (joined.resolved === null) return { experiment: null, problems: all };
  const seed = input.seed ?? joined.resolved.seed;
  return {
    experiment: { scenario, resolved: joined.resolved, variants, baseline: scenario.baseline, seed },
    problems: all,
  };
}

function prepareVariant(
  scenario: ParsedScenario,
  variant: Variant,
  forAll: readonly Setting[],
  host: ReadHost,
): { readonly variant: PreparedVariant | null; readonly problems: readonly Problem[] } {
  const position = variant.settings[0]?.position ?? null;
  const fail = (code: string, message: string, hint: string | null) => ({
    variant: null,
    problems: [problem(code, message, hint, position)],
  });
  const file = variant.proxyFile ?? scenario.proxyFile;
  const written = file === null ? (scenario.input.proxy.inline ?? "") : host.load(file);
  const name = file ?? scenario.file;
  if (written === null)
    return fail(
      "proxy-file-missing",
      `${name}: the proxy configuration can't be read`,
      "check the path; it counts from the scenario's folder",
    );
  const family = FAMILIES.find((each) => each.recognises(name, written));
  if (family === undefined)
    return fail(
      "unknown-configuration",
      `${name}: looks like the configuration of no proxy that lbsim simulates`,
      `known: ${FAMILIES.map((each) => each.name).join(", ")}`,
    );
  const options = readOptionsOf(scenario);
  const original = family.read(name, written, host, options);
  if (original.config === null) return refused(original, name, position);
  const applied = applySettings(name, written, [...variant.settings, ...forAll], family.editor(original.config));
  if (applied.problems.length > 0) return { variant: null, problems: applied.problems };
  const reading = applied.diff === "" ? original : family.read(name, applied.text, host, options);
  if (reading.config === null) return refused(reading, name, position);
  const { config } = reading;
  const settings = [...variant.settings, ...forAll].map(({ key, value }) => ({ key, value }));
  return {
    variant: {
      name: variant.name,
      settings,
      family,
      config,
      file: name,
      text: applied.text,
      diff: applied.diff,
      reading,
    },
    problems: [],
  };
}

function readOptionsOf(scenario: ParsedScenario): ReadOptions {
  const { modules } = scenario.input.proxy;
  return modules === undefined ? {} : { modules };
}

function refused(reading: Reading<unknown>, file: string, position: Problem["position"]) {
  const { refusal } = reading;
  const message = `the real program refuses ${file}: ${refusal?.text.replaceAll("\n", " ") ?? "unknown reason"}`;
  return {
    variant: null,
    problems: [problem("configuration-refused", message, refusal?.hint ?? null, refusal?.position ?? position)],
  };
}
