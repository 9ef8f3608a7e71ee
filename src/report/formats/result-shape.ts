/** What a value of JSON looks like: a word for a leaf, `[of]` a list, `{…}` these keys and perhaps others. */
type Shape =
  | "text"
  | "number"
  | "number or null"
  | "text or null"
  | "yes or no"
  | "whole number"
  | { readonly list: Shape; readonly atLeast?: number }
  | { readonly each: Shape }
  | { readonly keys: Readonly<Record<string, Shape>> };

const list = (of: Shape, atLeast = 0): Shape => ({ list: of, atLeast });
const keys = (of: Readonly<Record<string, Shape>>): Shape => ({ keys: of });
/** The same shape under any key. */
const each = (of: Shape): Shape => ({ each: of });

const NUMBERS = list("number");
const ESTIMATE = keys({ mean: "number or null", halfWidth: "number or null", values: list("number or null") });

const MEMBER = keys({
  name: "text",
  group: "text",
  alias: "text or null",
  backend: "whole number",
  weight: "number",
  tier: "number",
  role: "text",
  entitlement: ESTIMATE,
  shareRequests: ESTIMATE,
  shareBytes: ESTIMATE,
  shareBusy: ESTIMATE,
  attempts: ESTIMATE,
  failures: ESTIMATE,
  utilisation: ESTIMATE,
  states: list(keys({ fromUs: "number", toUs: "number", state: "text" })),
  detections: list(keys({ fault: "text", detectedUs: "number or null", recoveredUs: "number or null" })),
});

const SERIES = keys({
  good: NUMBERS,
  failed: NUMBERS,
  retried: NUMBERS,
  failovers: NUMBERS,
  sessionsLost: NUMBERS,
  sessionsLostByBackend: list(NUMBERS),
  stickyHits: NUMBERS,
  stickyAsked: NUMBERS,
  p50Us: list("number or null"),
  p99Us: list("number or null"),
  running: list(NUMBERS),
  waiting: list(NUMBERS),
});

const PLACE = { file: "text", line: "whole number" } as const;

const VARIANT = keys({
  name: "text",
  settings: list(keys({ key: "text", value: "text" })),
  proxy: keys({
    family: "text",
    version: "text",
    behaviourRevision: "whole number",
    file: "text",
    hash: "text",
    diff: "text",
  }),
  fingerprint: "text",
  members: list(MEMBER),
  metrics: each(ESTIMATE),
  series: SERIES,
  latency: keys({ cells: list(NUMBERS), quantiles: list(keys({ p: "number", us: ESTIMATE })) }),
  sessionLoss: list(keys({ cause: "text", lost: ESTIMATE })),
  outcomes: list(keys({ outcome: "text", requests: ESTIMATE })),
  passedOver: list(keys({ kind: "text", directive: "text", ...PLACE })),
  problems: list(keys({ code: "text", severity: "text", message: "text", ...PLACE })),
});

/** What every result has (see `RunResult`); what came later or is there only when it was asked for is not looked at. */
const RESULT = keys({
  lbsim: "text",
  scenario: keys({ name: "text", file: "text", hash: "text", about: "text" }),
  seed: "whole number",
  replications: "whole number",
  level: "number",
  fingerprint: "text",
  interrupted: "yes or no",
  reproduce: "text",
  timing: keys({
    warmUpUs: "number",
    warmUpFrom: "text",
    durationUs: "number",
    drainUs: "number",
    binUs: "number",
  }),
  assumptions: list(keys({ key: "text", value: "text", from: "text" })),
  faults: list(keys({ id: "text", kind: "text", backend: "whole number", fromUs: "number", toUs: "number" })),
  backends: list("text"),
  metrics: list(keys({ id: "text", title: "text", unit: "text", better: "text", definition: "text" }), 1),
  baseline: "text",
  variants: list(VARIANT, 1),
  comparisons: list(
    keys({
      variant: "text",
      metric: "text",
      difference: "number or null",
      halfWidth: "number or null",
      verdict: "text",
    }),
  ),
  warnings: list("text"),
});

/** Where a document that says it is a result is not one, "variants[0].name: expected a text"; null when it is one. */
export function resultFlaw(value: unknown): string | null {
  return flawOf(value, RESULT, "");
}

function flawOf(value: unknown, shape: Shape, path: string): string | null {
  if (typeof shape === "string") return isLeaf(value, shape) ? null : expected(path, `a ${shape}`, value);
  if ("list" in shape) {
    if (!Array.isArray(value)) return expected(path, "a list", value);
    if (value.length < (shape.atLeast ?? 0)) return `${path} is empty`;
    return firstFlaw(value.entries(), (index, item) => flawOf(item, shape.list, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return expected(path, "a section", value);
  const below = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const inner = value as Readonly<Record<string, unknown>>;
  if ("each" in shape) return firstFlaw(Object.entries(inner), (key, item) => flawOf(item, shape.each, below(key)));
  return firstFlaw(Object.entries(shape.keys), (key, of) => flawOf(inner[key], of, below(key)));
}

function firstFlaw<Key, Item>(
  entries: Iterable<readonly [Key, Item]>,
  look: (key: Key, item: Item) => string | null,
): string | null {
  for (const [key, item] of entries) {
    const flaw = look(key, item);
    if (flaw !== null) return flaw;
  }
  return null;
}

function isLeaf(value: unknown, shape: string): boolean {
  switch (shape) {
    case "text":
      return typeof value === "string";
    case "text or null":
      return typeof value === "string" || value === null;
    case "number or null":
      return typeof value === "number" || value === null;
    case "yes or no":
      return typeof value === "boolean";
    case "whole number":
      return Number.isSafeInteger(value);
    default:
      return typeof value === "number";
  }
}

function expected(path: string, what: string, value: unknown): string {
  return value === undefined ? `${path} is missing` : `${path}: expected ${what}`;
}
