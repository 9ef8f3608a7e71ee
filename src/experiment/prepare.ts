import { applySettings } from "../config/apply-settings.ts";
import { positionAt } from "../config/document/scenario-node.ts";
import type { Expectation } from "../config/expectations/expectation.ts";
import { expectOptions, readExpectations } from "../config/expectations/read-expectations.ts";
import { readOverrides } from "../config/overrides.ts";
import { type ParsedScenario, parseScenario } from "../config/parse-scenario.ts";
import { inReadingOrder, problem } from "../config/problem.ts";
import { type ResolvedScenario, resolveScenario } from "../config/resolve/resolve-scenario.ts";
import type { Setting } from "../config/setting.ts";
import type { Variant } from "../config/variants.ts";
import type { Problem } from "../contract/problem.ts";
import { mergeProxyFacts, type ProxyFacts } from "../contract/proxy-facts.ts";
import type { ProxyFamily, ReadHost, Reading, ReadOptions } from "../contract/proxy-family.ts";
import { FAMILIES } from "../proxies/families.ts";
import { besideHost } from "./beside-host.ts";
import { expectationWords } from "./expectations/expectation-words.ts";
import { refusedCommands } from "./refused-commands.ts";

/** What an experiment is made of: texts and choices, plain JSON, the same on every machine. */
export interface ExperimentInput {
  readonly file: string;
  readonly text: string;
  /** `--set` options. */
  readonly overrides: readonly string[];
  readonly seed: number | null;
  /** `--expect` options, beside what the scenario expects. */
  readonly expect?: readonly string[];
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
  /** Those of the scenario, then those of the command line. */
  readonly expectations: readonly Expectation[];
}

export interface Preparation {
  readonly experiment: PreparedExperiment | null;
  /** Errors and warnings about scenario and configurations, to be shown with their lines. */
  readonly problems: readonly Problem[];
}

/** Reads scenario and configurations and joins them. Never throws for what they say. */
export function prepareExperiment(input: ExperimentInput, host: ReadHost): Preparation {
  const overrides = readOverrides(input.overrides);
  const parsed = parseScenario(input.file, input.text, (path) => host.load(path), overrides.scenario);
  const problems = [...overrides.problems, ...parsed.problems];
  const { scenario } = parsed;
  if (scenario === null || overrides.problems.length > 0) return unusable(problems);
  const reader = new ConfigurationReader(scenario, host);
  const variants = scenario.variants.flatMap((variant) => reader.prepare(variant, overrides.proxy) ?? []);
  problems.push(...reader.problems);
  if (variants.length < scenario.variants.length || problems.some(({ severity }) => severity === "error"))
    return unusable(problems);
  const base = Math.max(
    0,
    variants.findIndex(({ name }) => name === scenario.baseline),
  );
  const facts = variants.map(({ family, config }) => family.facts(config));
  const merged = mergeProxyFacts(
    facts[base] as ProxyFacts,
    facts.filter((_, i) => i !== base),
  );
  const joined = resolveScenario(scenario, merged);
  problems.push(...joined.problems);
  if (joined.resolved === null) return unusable(problems);
  const refusedOnes = refusedCommands(scenario, joined.resolved, variants);
  problems.push(...refusedOnes);
  if (refusedOnes.length > 0) return unusable(problems);
  const written = [...scenario.expectations, ...expectOptions(input.expect ?? [])];
  const expected = readExpectations(written, expectationWords(variants, facts, joined.resolved.world));
  problems.push(...expected.problems);
  if (expected.problems.length > 0) return unusable(problems);
  const seed = input.seed ?? joined.resolved.seed;
  const { resolved } = joined;
  const { expectations } = expected;
  const experiment = { scenario, resolved, variants, baseline: scenario.baseline, seed, expectations };
  return { experiment, problems: inReadingOrder(problems) };
}

function unusable(problems: readonly Problem[]): Preparation {
  return { experiment: null, problems: inReadingOrder(problems) };
}

/** Reads the configuration of each variant; each file as written only once, so that what is wrong with it is said once. */
class ConfigurationReader {
  readonly problems: Problem[] = [];
  private readonly scenario: ParsedScenario;
  private readonly host: ReadHost;
  private readonly options: ReadOptions;
  private readonly read = new Map<string, { family: ProxyFamily; text: string; reading: Reading<unknown> } | null>();

  constructor(scenario: ParsedScenario, host: ReadHost) {
    const { modules, defines, env } = scenario.input.proxy;
    this.scenario = scenario;
    this.host =
      env === undefined
        ? host
        : { load: (path) => host.load(path), list: (pattern) => host.list(pattern), env: { ...host.env, ...env } };
    this.options = {
      modules,
      missingFiles: scenario.input.proxy["missing-files"],
      ...(defines === undefined ? {} : { defines }),
    };
  }

  /** Null when the variant can't be used; the problems say why. */
  prepare(variant: Variant, forAll: readonly Setting[]): PreparedVariant | null {
    const file = variant.proxyFile ?? this.scenario.proxyFile;
    const name = file ?? this.scenario.file;
    let written = this.read.get(name);
    if (written === undefined) {
      written = this.readWritten(name, file);
      this.read.set(name, written);
    }
    if (written === null || written.reading.config === null) return null;
    const { family, text, reading } = written;
    const changes = [...variant.settings, ...forAll];
    const members = [...new Set(family.facts(reading.config).members.map(({ address }) => address))];
    const applied = applySettings(name, text, changes, family.editor(reading.config), members);
    if (applied.problems.length > 0) {
      this.problems.push(...applied.problems);
      return null;
    }
    const changed =
      applied.diff === "" ? reading : family.read(name, applied.text, besideHost(this.host, name, text), this.options);
    if (changed.config === null) {
      this.problems.push({ ...refused(changed, name, null), position: this.culprit(written, name, changes, members) });
      return null;
    }
    const config = this.withProcesses(family, changed.config);
    if (config === null) return null;
    const settings = changes.map(({ key, value }) => ({ key, value }));
    return {
      name: variant.name,
      settings,
      family,
      config,
      file: name,
      text: applied.text,
      diff: applied.diff,
      reading: changed,
    };
  }

  /** Where the first setting stands with which the program refuses what it took before. */
  private culprit(
    { family, text, reading }: { family: ProxyFamily; text: string; reading: Reading<unknown> },
    name: string,
    changes: readonly Setting[],
    members: readonly string[],
  ): Problem["position"] {
    const editor = family.editor(reading.config);
    const guilty = changes.find((_, i) => {
      const applied = applySettings(name, text, changes.slice(0, i + 1), editor, members);
      return family.read(name, applied.text, besideHost(this.host, name, text), this.options).config === null;
    });
    return guilty?.position ?? null;
  }

  /** The configuration with as many worker processes as the scenario says; null when the program has no such thing. */
  private withProcesses(family: ProxyFamily, config: unknown): unknown {
    const { processes } = this.scenario.input.proxy;
    if (processes === undefined) return config;
    if (family.withProcesses !== undefined) return family.withProcesses(config, processes);
    const message = `${family.name} is one process whose threads share all state: proxy.processes has no meaning for it`;
    if (!this.problems.some((each) => each.message === message)) {
      const position = positionAt(this.scenario.document, ["proxy", "processes"], "value");
      this.problems.push(
        problem("one-process", message, "leave it out, or write instances: copies share nothing", position),
      );
    }
    return null;
  }

  private readWritten(
    name: string,
    file: string | null,
  ): { family: ProxyFamily; text: string; reading: Reading<unknown> } | null {
    const text = file === null ? (this.scenario.input.proxy.inline ?? "") : this.host.load(file);
    const position = positionAt(this.scenario.document, ["proxy"], "value");
    const fail = (code: string, message: string, hint: string): null => {
      this.problems.push(problem(code, message, hint, position));
      return null;
    };
    if (text === null)
      return fail(
        "proxy-file-missing",
        `${name}: the proxy configuration can't be read`,
        "check the path; it counts from the scenario's folder",
      );
    const family = this.familyOf(name, text);
    if (family === undefined)
      return fail(
        "unknown-configuration",
        `${name}: looks like the configuration of no proxy that lbsim simulates`,
        `known: ${FAMILIES.map((each) => each.name).join(", ")}`,
      );
    const { version } = this.scenario.input.proxy;
    if (version !== undefined && !family.version.startsWith(version))
      return fail(
        "unknown-version",
        `lbsim follows ${family.name} ${family.version}, not ${version}`,
        `write version: "${family.version}" or leave it out`,
      );
    const reading = family.read(name, text, besideHost(this.host, name, text), this.options);
    if (reading.config === null) this.problems.push(refused(reading, name, position));
    // What the real program would not even start without is said before every run, not by `check` alone.
    this.problems.push(...reading.problems.filter(({ lacks }) => lacks !== undefined));
    return { family, text, reading };
  }

  private familyOf(name: string, text: string): ProxyFamily | undefined {
    const { family } = this.scenario.input.proxy;
    return FAMILIES.find((each) => (family === undefined ? each.recognises(name, text) : each.name === family));
  }
}

function refused(reading: Reading<unknown>, file: string, position: Problem["position"]): Problem {
  const { refusal } = reading;
  const message = `the real program refuses ${file}: ${refusal?.text.replaceAll("\n", " ") ?? "unknown reason"}`;
  return problem("configuration-refused", message, refusal?.hint ?? null, refusal?.position ?? position);
}
