import * as z from "zod/mini";
import { bad, good, type Outcome, shown } from "../problems/finding.ts";
import { duration } from "../values/quantity.ts";
import { backends } from "./backends.ts";
import { clients } from "./clients.ts";
import { dns } from "./dns.ts";
import { faults } from "./faults.ts";
import { custom, list, quantity, section, text, whole, withFallback, word } from "./keys.ts";
import { proxy } from "./proxy.ts";
import { variants } from "./variants.ts";

const network = section(
  {
    "client-hop": withFallback(
      quantity(duration, {
        describe: "One-way latency between clients and proxy; 0 = none.",
        example: "20ms",
        fallback: 0,
      }),
    ),
    "backend-hop": withFallback(
      quantity(duration, {
        describe: "One-way latency between proxy and backends; 0 = none.",
        example: "300us",
        fallback: 0,
      }),
    ),
  },
  { describe: "Latencies between the machines.", example: "{backend-hop: 300us}" },
);

const warmUp = custom<number | "auto">(
  {
    describe:
      "What comes before is left out of the statistics; fault times and `duration` count from its end. `auto` = found by lbsim on the fault-free baseline.",
    example: "30s",
    fallback: "auto",
  },
  "duration or `auto`",
  (value) => (value === "auto" ? good("auto") : duration.read(value)),
  () => ({ type: ["string", "number"] }),
);

const expectation = custom(
  { describe: "One expectation.", example: '"availability > 99.9%"' },
  "text",
  (value): Outcome<string> => {
    if (typeof value !== "string")
      return bad("wrong-type", `expected a text such as "availability > 99.9%", found ${shown(value)}`);
    return value.trim() === "" ? bad("wrong-value", "an empty expectation") : good(value.trim());
  },
  () => ({ type: "string" }),
);

/** A whole scenario. */
export const scenarioSchema = section({
  name: z.optional(text({ describe: "Name in reports.", example: "shop", fallbackText: "the file's name" })),
  description: z.optional(text({ describe: "What the scenario shows.", example: "A crash of one of two nodes." })),
  extends: z.optional(
    text({
      describe:
        "Path of another scenario that this one refines. Sections `clients`, `backends` (and its entries), `network` and `dns` are merged key by key; everything else is replaced.",
      example: "base.yaml",
    }),
  ),
  proxy,
  clients,
  backends: z.prefault(backends, {}),
  dns: z.prefault(dns, {}),
  faults: z.optional(faults),
  network: z.prefault(network, {}),
  duration: quantity(duration, {
    describe: "How long requests arrive, counted from the end of the warm-up.",
    example: "5m",
  }),
  "warm-up": withFallback(warmUp),
  drain: withFallback(
    quantity(duration, {
      describe: "After `duration`, what is in flight may finish for so long; the rest is unresolved.",
      example: "2m",
      fallback: "60s",
    }),
  ),
  replications: z.optional(
    whole(1, 10_000, { describe: "Repeated runs with other draws.", example: "30", fallbackText: "10; `compare` 20" }),
  ),
  seed: withFallback(
    whole(0, 4_294_967_295, {
      describe: "Same scenario and seed, same results to the last byte.",
      example: "42",
      fallback: 1,
    }),
  ),
  phase: withFallback(
    word(["random", "fixed"], {
      describe: "Start phases of the proxy's clocks and probe cycles: drawn per replication, or always the same.",
      example: "fixed",
      fallback: "random",
    }),
  ),
  variants: z.optional(variants),
  baseline: z.optional(
    text({
      describe: "Name of the variant that the others are compared with.",
      example: "byrequests",
      fallbackText: "the first variant",
    }),
  ),
  expect: z.optional(
    list(expectation, {
      describe: "Thresholds that the results must meet; see expectations.md.",
      example: '["availability > 99.9%"]',
      fallbackText: "none",
    }),
  ),
});

/** A scenario as the schema reads it: quantities are numbers, defaults are filled in except those of backends. */
export type ScenarioInput = z.infer<typeof scenarioSchema>;
