import { suggest } from "../../contract/suggest.ts";
import { bad, type Finding, good, type KeyPath, type Outcome, shown } from "../problems/finding.ts";
import { custom } from "./keys.ts";

/** A change of the proxy's configuration: key and value as texts, and where in `variants` it stands. */
export interface SettingEntry {
  readonly key: string;
  readonly value: string;
  readonly path: KeyPath;
}

/** Simulated side by side and shown in one table. */
const MOST_VARIANTS = 1_000;

/** `variants` as read: a matrix, or named entries. */
export type VariantsEntry =
  | {
      readonly kind: "matrix";
      readonly axes: readonly { readonly key: string; readonly values: readonly SettingEntry[] }[];
    }
  | { readonly kind: "list"; readonly entries: readonly NamedVariant[] };

/** One entry of a list of variants. */
interface NamedVariant {
  readonly name: string;
  readonly settings: readonly SettingEntry[];
  /** Another configuration file, path as written. */
  readonly proxyFile: string | null;
  readonly path: KeyPath;
}

const ENTRY_KEYS = ["name", "set", "proxy"];

function readVariants(value: unknown): Outcome<VariantsEntry> {
  if (Array.isArray(value)) return readList(value);
  if (!isSection(value)) {
    return bad(
      "wrong-type",
      `expected a matrix such as {lbmethod: [byrequests, bybusyness]} or a list, found ${shown(value)}`,
    );
  }
  const findings: Finding[] = [];
  const axes = Object.entries(value).map(([key, values]) => {
    const items: readonly unknown[] = Array.isArray(values) ? values : [values];
    if (items.length === 0) findings.push(finding([key], "missing-key", "an empty list of values"));
    return {
      key,
      values: items.map((item, i) => setting(key, item, Array.isArray(values) ? [key, i] : [key], findings)),
    };
  });
  if (axes.length === 0) return bad("missing-key", "an empty section", "e.g. {lbmethod: [byrequests, bybusyness]}");
  const size = axes.reduce((product, axis) => product * axis.values.length, 1);
  if (size > MOST_VARIANTS)
    findings.push({
      ...finding([], "out-of-range", `${size} variants; at most ${MOST_VARIANTS}`),
      hint: "leave out values, or vary them with lbsim sweep --over, which can sample them (--design lhs)",
    });
  return findings.length > 0 ? { ok: false, findings } : good({ kind: "matrix", axes });
}

function readList(value: readonly unknown[]): Outcome<VariantsEntry> {
  if (value.length === 0) return bad("missing-key", "an empty list");
  const findings: Finding[] = [];
  const entries: NamedVariant[] = [];
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const entry = readEntry(item, index, findings);
    if (entry === null) return;
    if (seen.has(entry.name))
      findings.push(finding([index, "name"], "duplicate-name", `two variants are called "${entry.name}"`));
    seen.add(entry.name);
    entries.push(entry);
  });
  return findings.length > 0 ? { ok: false, findings } : good({ kind: "list", entries });
}

function readEntry(item: unknown, index: number, findings: Finding[]): NamedVariant | null {
  if (!isSection(item)) {
    findings.push(finding([index], "wrong-type", `expected {name, set, proxy}, found ${shown(item)}`));
    return null;
  }
  for (const key of Object.keys(item).filter((each) => !ENTRY_KEYS.includes(each))) {
    const near = suggest(key, ENTRY_KEYS);
    const hint = near === null ? "settings of the configuration stand under set" : `did you mean "${near}"?`;
    findings.push({
      path: [index, key],
      code: "unknown-key",
      message: `"${key}" is not a key of a variant`,
      hint,
      on: "key",
    });
  }
  const { name, set = {}, proxy } = item;
  if (name === undefined) findings.push(finding([index], "missing-key", '"name" is missing in this variant'));
  else if (!isScalar(name))
    findings.push(finding([index, "name"], "wrong-type", `expected a name, found ${shown(name)}`));
  if (proxy !== undefined && typeof proxy !== "string") {
    findings.push(
      finding([index, "proxy"], "wrong-type", `expected the path of a configuration, found ${shown(proxy)}`),
    );
  }
  if (!isSection(set)) {
    findings.push(finding([index, "set"], "wrong-type", `expected {setting: value}, found ${shown(set)}`));
    return null;
  }
  const settings = Object.entries(set).map(([key, value]) => setting(key, value, [index, "set", key], findings));
  return { name: String(name), settings, proxyFile: typeof proxy === "string" ? proxy : null, path: [index] };
}

function setting(key: string, value: unknown, path: KeyPath, findings: Finding[]): SettingEntry {
  if (key.startsWith("scenario.")) {
    const hint = "run again with --set scenario.…=…";
    findings.push({
      path,
      code: "not-yet",
      message: "variants can't yet change the scenario itself",
      hint,
      on: "value",
    });
  } else if (!isScalar(value)) {
    findings.push(finding(path, "wrong-type", `expected one value of ${key}, found ${shown(value)}`));
  }
  return { key, value: String(value), path };
}

function finding(path: KeyPath, code: string, message: string): Finding {
  return { path, code, message, hint: null, on: "value" };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is compared. */
export const variants = custom<VariantsEntry>(
  {
    describe:
      "What is compared. A matrix of settings (`lbmethod`, `balancer(NAME).lbmethod`, `member(ADDRESS).retry`, `member(*).retry` for all members, `server.Timeout`, `proxy` for other files), all combinations, the last key varying fastest; or a list of `{name, set, proxy}`. A bare setting only where one target exists.",
    example: "{lbmethod: [byrequests, bybusyness], nofailover: [On, Off]}",
    fallbackText: "the configuration as it stands",
  },
  "section or list",
  readVariants,
  () => {
    const scalar = { type: ["string", "number", "boolean"] };
    const set = { type: "object", additionalProperties: scalar };
    const entry = { name: { type: "string" }, set, proxy: { type: "string" } };
    return {
      anyOf: [
        { type: "object", additionalProperties: { anyOf: [scalar, { type: "array", items: scalar, minItems: 1 }] } },
        {
          type: "array",
          minItems: 1,
          items: { type: "object", properties: entry, required: ["name"], additionalProperties: false },
        },
      ],
    };
  },
);
