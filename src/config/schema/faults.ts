import * as z from "zod/mini";
import { suggest } from "../../contract/suggest.ts";
import { bad, type Finding, good, type Outcome, shown } from "../problems/finding.ts";
import type { DistributionSpec } from "../values/distribution-spec.ts";
import { duration, ratio } from "../values/quantity.ts";
import { check } from "./check.ts";
import { custom, drawn, factor, type KeyInfo, list, quantity, section, text, whole } from "./keys.ts";

/** Effects that hit backends, as keys of a fault; the value names the backends. */
export type FaultKind = keyof typeof EFFECT_KEYS;

/** A fault as it was read: names are not yet backends, and times are not yet shifted by the warm-up. */
export interface FaultEntry {
  readonly kind: FaultKind;
  readonly id: string | undefined;
  /** Names as written, or "all". */
  readonly backends: readonly string[] | "all";
  readonly at: number | undefined;
  readonly for: number | undefined;
  readonly mtbf: DistributionSpec | undefined;
  readonly mttr: DistributionSpec | undefined;
  readonly flap: { readonly down: number; readonly up: number } | undefined;
  /** Parameters of the effect with their defaults: factor, rate, status, add, command, end-command, down, pause. */
  readonly parameters: Readonly<Record<string, number | string | undefined>>;
}

function names(info: KeyInfo) {
  const read = (value: unknown): Outcome<readonly string[] | "all"> => {
    if (value === "all") return good("all");
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (items.length === 0) return bad("missing-key", "an empty list of backends");
    const wrong = items.findIndex((item) => typeof item !== "string" && typeof item !== "number");
    if (wrong < 0) return good(items.map(String));
    const path = Array.isArray(value) ? [wrong] : [];
    return bad("wrong-type", `expected the address or alias of a backend, found ${shown(items[wrong])}`, null, path);
  };
  return custom(info, "names or `all`", read, () => ({
    anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, minItems: 1 }],
  }));
}

function struck(describe: string, example = "node2") {
  return names({ describe, example });
}

const rateKey = (what: string) => ({
  rate: z.prefault(
    quantity(ratio, { describe: `Share of requests that ${what}.`, example: "50%", fallback: "100%" }),
    "100%",
  ),
});

const statusKey = (describe: string, fallback: number) => ({
  status: z.prefault(whole(100, 599, { describe, example: "502", fallback }), fallback),
});

/** Each effect with its own parameters. The order is that of the reference. */
const EFFECT_KEYS = {
  crash: {
    crash: struck(
      "The process dies: running work is lost, connections are reset, then refused; session memory is gone.",
    ),
  },
  blackhole: { blackhole: struck("Packets vanish: connects time out, running exchanges never end.") },
  hang: {
    hang: struck("Accepts connections and never answers while it lasts; what it got then continues afterwards."),
  },
  slow: {
    slow: struck("Work takes `factor` times longer."),
    factor: factor({ describe: "How many times longer.", example: "10" }),
  },
  errors: {
    errors: struck("Answers errors."),
    ...rateKey("are answered with the error"),
    ...statusKey("Status of the error.", 500),
  },
  close: { close: struck("Takes the request and closes the connection without an answer."), ...rateKey("are closed") },
  truncate: {
    truncate: struck("Announces more bytes than it sends, then closes the connection."),
    ...rateKey("are answered so"),
  },
  "hidden-errors": { "hidden-errors": struck("Answers 200 with an error inside."), ...rateKey("are answered so") },
  refuse: { refuse: struck("Connects are refused, running work goes on.") },
  latency: {
    latency: struck("Adds latency between proxy and backend."),
    add: quantity(duration, { describe: "Latency that is added one way.", example: "20ms" }),
  },
  "probe-errors": {
    "probe-errors": struck("Health checks fail, requests work."),
    ...statusKey("Answer to a health check.", 503),
  },
  wipe: { wipe: struck("Session memory is wiped, the process goes on.") },
  operate: {
    operate: struck("An administrator gives the proxy a command about this member."),
    command: text({ describe: "The command in the proxy's own words.", example: "status=+D" }),
    "end-command": z.optional(
      text({
        describe: "The command that takes it back after `for`.",
        example: "status=-D",
        fallbackText: "`status=+X` turned into `status=-X` and the other way round",
      }),
    ),
  },
  "rolling-restart": {
    "rolling-restart": struck("Backends are restarted one after the other, in this order.", "[node1, node2]"),
    down: z.prefault(
      quantity(duration, { describe: "How long each one is down.", example: "20s", fallback: "20s" }),
      "20s",
    ),
    pause: z.prefault(
      quantity(duration, {
        describe: "Time between the return of one and the stop of the next.",
        example: "30s",
        fallback: "30s",
      }),
      "30s",
    ),
  },
} as const;

/** Names of all effects. */
export const FAULT_KINDS = Object.keys(EFFECT_KEYS) as readonly FaultKind[];

const timingKeys = {
  id: z.optional(
    text({
      describe: "Name of the fault in tables, charts and expectations.",
      example: "disk-full",
      fallbackText: "effect and backend",
    }),
  ),
  at: z.optional(
    quantity(duration, { describe: "When it begins, counted from the end of the warm-up.", example: "60s" }),
  ),
  for: z.optional(quantity(duration, { describe: "How long it lasts.", example: "2m", fallbackText: "until the end" })),
  mtbf: z.optional(
    drawn(duration, {
      describe: "Instead of `at`: drawn time until the next failure.",
      example: "{exponential: {mean: 10m}}",
    }),
  ),
  mttr: z.optional(
    drawn(duration, {
      describe: "With `mtbf`: drawn time until it works again.",
      example: "{exponential: {mean: 30s}}",
    }),
  ),
  flap: z.optional(
    section(
      {
        down: quantity(duration, { describe: "How long the effect lasts each time.", example: "2s" }),
        up: quantity(duration, { describe: "How long it is gone each time.", example: "8s" }),
      },
      {
        describe: "The effect comes and goes with a fixed period, from `at` for `for`.",
        example: "{down: 2s, up: 8s}",
      },
    ),
  ),
};

/** Keys of a fault with this effect, in the order of the reference. */
export function faultSection(kind: FaultKind): z.core.$ZodType {
  if (kind === "rolling-restart") return section({ id: timingKeys.id, at: timingKeys.at, ...EFFECT_KEYS[kind] });
  return section({ ...EFFECT_KEYS[kind], ...timingKeys });
}

/** The keys that only this effect has, for the reference. */
export function effectKeys(kind: FaultKind): Readonly<Record<string, z.core.$ZodType>> {
  return EFFECT_KEYS[kind];
}

/** The keys that say when, for the reference. */
export function timingSection(): z.core.$ZodType {
  return section(timingKeys);
}

function readFault(value: unknown): Outcome<FaultEntry> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return bad("wrong-type", `expected a fault such as {at: 60s, crash: node2, for: 2m}, found ${shown(value)}`);
  }
  const keys = Object.keys(value);
  const [kind, second] = FAULT_KINDS.filter((each) => keys.includes(each));
  if (kind === undefined) return noEffect(keys);
  if (second !== undefined) {
    const message = `two effects in one fault: ${kind} and ${second}`;
    const conflict: Finding = {
      path: [second],
      code: "conflicting-keys",
      message,
      hint: "write two faults",
      on: "key",
    };
    return { ok: false, findings: [conflict] };
  }
  const read = check(faultSection(kind), value, `a ${kind} fault`);
  const timing = timingFindings(kind, value as Readonly<Record<string, unknown>>);
  if (!read.ok) return { ok: false, findings: [...read.findings, ...timing] };
  if (timing.length > 0) return { ok: false, findings: timing };
  const { id, at, for: forUs, mtbf, mttr, flap, [kind]: struckNames, ...parameters } = read.value as ReadFault;
  const backends = struckNames as unknown as FaultEntry["backends"];
  return good({ kind, id, backends, at, for: forUs, mtbf, mttr, flap, parameters });
}

/** Whichever effect it is, its section holds these keys, the names of the backends and plain parameters. */
type ReadFault = Omit<FaultEntry, "kind" | "backends" | "parameters"> & Record<FaultKind, never>;

function noEffect(keys: readonly string[]): Outcome<never> {
  const known = [...FAULT_KINDS, ...Object.keys(timingKeys)];
  for (const key of keys.filter((each) => !known.includes(each))) {
    const near = suggest(key, FAULT_KINDS);
    if (near === null) continue;
    const message = `"${key}" is not a fault`;
    return {
      ok: false,
      findings: [{ path: [key], code: "unknown-key", message, hint: `did you mean "${near}"?`, on: "key" }],
    };
  }
  return bad("missing-key", "a fault without effect", `effects: ${FAULT_KINDS.join(", ")}`);
}

/** A fault is either scheduled (`at`) or drawn (`mtbf` and `mttr`). */
function timingFindings(kind: FaultKind, value: Readonly<Record<string, unknown>>): readonly Finding[] {
  const has = (key: string) => value[key] !== undefined;
  const find = (code: string, message: string, hint: string | null, key?: string): Finding[] => [
    { path: key === undefined ? [] : [key], code, message, hint, on: key === undefined ? "value" : "key" },
  ];
  if (kind === "rolling-restart") {
    return has("at")
      ? []
      : find("missing-key", `"at" is missing: when does the rolling restart begin?`, "e.g. at: 60s");
  }
  if (has("mtbf") !== has("mttr")) {
    const [there, absent] = has("mtbf") ? ["mtbf", "mttr"] : ["mttr", "mtbf"];
    return find("missing-key", `"${there}" needs "${absent}" beside it`, null, there);
  }
  if (has("mtbf")) {
    const other = ["at", "for", "flap"].find(has);
    return other === undefined ? [] : find("conflicting-keys", `"${other}" can't stand beside "mtbf"`, null, other);
  }
  if (!has("at")) return find("missing-key", "when? the fault has neither at nor mtbf and mttr", "e.g. at: 60s");
  return [];
}

const fault = custom<FaultEntry>(
  { describe: "One fault: an effect, whom it hits, and when.", example: "{at: 60s, crash: node2, for: 2m}" },
  "section",
  readFault,
  () => ({ anyOf: FAULT_KINDS.map((kind) => ({ $fault: kind })) }),
);

/** What goes wrong, and when. */
export const faults = list(
  fault,
  {
    describe: "What goes wrong, and when: each entry has one effect and either `at` (and `for`) or `mtbf` and `mttr`.",
    example: "[{at: 60s, crash: node2, for: 2m}]",
    fallbackText: "none",
  },
  0,
);
