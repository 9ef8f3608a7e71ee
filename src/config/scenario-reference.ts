import type * as z from "zod/mini";
import { backendEntry } from "./schema/backends.ts";
import { entryOf, shapeOf, unwrapped } from "./schema/check.ts";
import { effectKeys, FAULT_KINDS, timingSection } from "./schema/faults.ts";
import { keyInfoOf } from "./schema/keys.ts";
import { moduleChanges, proxySection } from "./schema/proxy.ts";
import { RESERVED_KEYS } from "./schema/reserved-keys.ts";
import { scenarioSchema } from "./schema/scenario.ts";
import { DISTRIBUTION_NAMES, distributionForms } from "./values/distribution.ts";
import { duration, durationOrNever, plainNumber, type QuantityKind, rate, ratio, size } from "./values/quantity.ts";

const INTRODUCTION = `# Scenario reference

A scenario is YAML 1.2 or JSON. This page is made from the schema that reads it: \`lbsim schema\` prints the same as JSON
Schema for editors, and \`lbsim run --print-config\` shows every value of your own scenario and where it comes from.

\`\`\`yaml
proxy: httpd.conf
clients:
  sessions: {rate: 2/s, requests: 10, think: {exponential: {mean: 5s}}}
backends:
  default: {service: {exponential: {mean: 40ms}}}
faults:
  - {at: 60s, crash: node2, for: 2m}
duration: 5m
variants: {lbmethod: [byrequests, bybusyness]}
\`\`\`

All problems of a file are reported at once, each with its line and column. Unknown keys are errors.`;

const BACKENDS_NOTE = `Keys of \`backends.default\` and of every entry. An entry refines \`default\`; \`session\` is refined key by key.
The defaults have limits on purpose: four cores shared by all that run, 200 requests at once and 100 waiting. Without a
limit no backend ever gets slower under load, and every lbmethod looks the same.`;

/** docs/reference/scenario.md, complete: every key with type, default and an example. */
export function scenarioReference(): string {
  const parts = [
    INTRODUCTION,
    quantities(),
    distributions(),
    ...sections("The scenario", "", scenarioSchema),
    heading(3, "proxy", "The long form of `proxy`.", table(proxySection)),
    heading(3, "proxy.modules", "The long form of `modules`.", table(moduleChanges)),
    heading(3, "backends", BACKENDS_NOTE, table(backendEntry)),
    ...nested("backends.*", backendEntry),
    faultReference(),
    reserved(),
  ];
  return `${parts.join("\n\n")}\n`;
}

function quantities(): string {
  const kinds: readonly [QuantityKind, string][] = [
    [duration, "µs inside; units us, ms, s, m (or min), h, d; `1h30m` is possible; 0 needs no unit"],
    [durationOrNever, "as above, or the word `never`"],
    [rate, "per second inside; per ms, s, m (or min), h, d"],
    [size, "bytes inside; units B, kB, MB, GB (1000) and KiB, MiB, GiB (1024); 0 needs no unit"],
    [ratio, "0 to 1 inside; a percentage or a number"],
    [plainNumber, "no unit"],
  ];
  const rows = kinds.map(([kind, meaning]) => `| ${kind.name} | ${kind.example} | ${meaning} |`);
  return heading(2, "Quantities", "", ["| type | written as | meaning |", "|---|---|---|", ...rows].join("\n"));
}

function distributions(): string {
  const rows = DISTRIBUTION_NAMES.map((name) => `| \`${name}\` | ${formsText(name)} |`);
  const note =
    'Where a type says "or distribution", a plain quantity is a constant, and a section with one of these keys is drawn. `cv` = standard deviation ÷ mean.';
  return heading(2, "Distributions", note, ["| key | written as |", "|---|---|", ...rows].join("\n"));
}

function formsText(name: string): string {
  if (name === "constant") return "`{constant: 40ms}`";
  if (name === "empirical") return "`{empirical: [{value: 10ms, weight: 3}, {value: 200ms}]}`, weight 1 when left out";
  if (name === "mixture") return "`{mixture: [{weight: 9, of: 10ms}, {weight: 1, of: {exponential: {mean: 1s}}}]}`";
  const examples: Readonly<Record<string, string>> = {
    min: "10ms",
    max: "2s",
    p50: "20ms",
    p99: "300ms",
    mean: "40ms",
    scale: "50ms",
  };
  const shape = name === "erlang" ? "4" : "1.5";
  return distributionForms(name)
    .map((form) => `\`{${name}: {${form.map(([key]) => `${key}: ${examples[key] ?? shape}`).join(", ")}}}\``)
    .join(" or ");
}

/** A section and the sections inside it, outermost first. */
function sections(title: string, path: string, schema: z.core.$ZodType): readonly string[] {
  return [
    heading(path === "" ? 2 : 3, title, keyInfoOf(unwrapped(schema))?.describe ?? "", table(schema)),
    ...nested(path, schema),
  ];
}

function nested(path: string, schema: z.core.$ZodType): readonly string[] {
  const parts: string[] = [];
  for (const [key, child] of Object.entries(shapeOf(schema) ?? {})) {
    const childPath = path === "" ? key : `${path}.${key}`;
    // Backends have a heading of their own, with their note.
    if (childPath === "backends") continue;
    const entry = entryOf(child);
    if (shapeOf(child) !== null) parts.push(...sections(childPath, childPath, child));
    else if (entry !== null && shapeOf(entry) !== null)
      parts.push(...sections(`${childPath}[]`, `${childPath}[]`, entry));
  }
  return parts;
}

function faultReference(): string {
  const effects = FAULT_KINDS.flatMap((kind) =>
    Object.entries(effectKeys(kind)).map(([key, schema]) => {
      const isEffect = key === kind;
      return `| ${isEffect ? `**${kind}**` : ""} ${row(key, schema, isEffect ? "–" : null)}`;
    }),
  );
  const intro =
    "Every entry has one effect; its value names the backends: an address, an alias, a list of them, or `all`. The keys below it are the parameters of that effect.";
  const timing =
    "When: `at` with or without `for`, or `mtbf` with `mttr`; `flap` beside `at`. A rolling restart takes `at` only.";
  const head = "| effect | key | type | default | meaning | example |\n|---|---|---|---|---|---|";
  return [
    heading(3, "faults[]", intro, [head, ...effects].join("\n")),
    `${timing}\n\n${table(timingSection())}`,
    ...nested("faults[]", timingSection()),
  ].join("\n\n");
}

function reserved(): string {
  const rows = Object.entries(RESERVED_KEYS).map(([key, meaning]) => `- \`${key}\`: ${meaning}`);
  return heading(2, "Reserved keys", 'Refused with "not yet supported":', rows.join("\n"));
}

const TABLE_HEAD = "| key | type | default | meaning | example |\n|---|---|---|---|---|";

function table(schema: z.core.$ZodType): string {
  const rows = Object.entries(shapeOf(schema) ?? {}).map(([key, child]) => row(key, child));
  return [TABLE_HEAD, ...rows].join("\n");
}

function row(key: string, schema: z.core.$ZodType, fallback: string | null = null): string {
  const info = keyInfoOf(unwrapped(schema));
  if (info === null) throw new RangeError(`the key "${key}" has no description`);
  const cells = [
    `\`${key}\``,
    info.type,
    fallback ?? fallbackText(schema),
    info.describe,
    `\`${key}: ${info.example}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function fallbackText(schema: z.core.$ZodType): string {
  const info = keyInfoOf(unwrapped(schema));
  if (info?.fallbackText !== undefined) return info.fallbackText;
  if (info?.fallback === "") return "empty";
  if (info?.fallback !== undefined) return `\`${info.fallback}\``;
  const isImplied = schema._zod.def.type === "prefault";
  return isImplied ? "see below" : schema._zod.def.type === "optional" ? "–" : "**required**";
}

function heading(level: number, title: string, text: string, body: string): string {
  return [`${"#".repeat(level)} ${title}`, ...(text === "" ? [] : [text]), body].join("\n\n");
}
