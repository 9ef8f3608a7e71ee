import * as z from "zod/mini";
import { bad, good, type Outcome, shown } from "../problems/finding.ts";
import { check } from "./check.ts";
import { custom, type KeyInfo, named, section, text, whole, withFallback, word } from "./keys.ts";

const MODULE_SETS = ["all", "as-written", "debian"] as const;

/** Which modules of the real program count as loaded. */
export type ModulesChoice =
  | (typeof MODULE_SETS)[number]
  | { readonly omit?: readonly string[]; readonly only?: readonly string[]; readonly add?: readonly string[] };

function texts(info: KeyInfo) {
  const read = (value: unknown): Outcome<readonly string[]> => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const wrong = items.findIndex((item) => typeof item !== "string");
    if (wrong < 0) return good(items as readonly string[]);
    const path = Array.isArray(value) ? [wrong] : [];
    return bad("wrong-type", `expected a list of names, found ${shown(items[wrong])}`, null, path);
  };
  return custom(info, "list of names", read, () => ({ type: "array", items: { type: "string" } }));
}

/** Further narrowing of the loaded modules. */
export const moduleChanges = section({
  omit: z.optional(texts({ describe: "Modules that are not loaded.", example: "[lbmethod_bytraffic]" })),
  only: z.optional(texts({ describe: "Only these are loaded.", example: "[proxy, proxy_http]" })),
  add: z.optional(texts({ describe: "These are loaded too.", example: "[proxy_hcheck]" })),
});

function readModules(value: unknown): Outcome<ModulesChoice> {
  const set = MODULE_SETS.find((each) => each === value);
  if (set !== undefined) return good(set);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const read = check(moduleChanges, value, "proxy.modules");
    return read.ok ? good(read.value as ModulesChoice) : read;
  }
  return bad("wrong-value", `expected ${MODULE_SETS.join(", ")} or {omit, only, add}; found ${shown(value)}`);
}

/** The long form of `proxy`. */
export const proxySection = section({
  file: z.optional(text({ describe: "Path of the configuration, relative to the scenario.", example: "httpd.conf" })),
  inline: z.optional(
    text({ describe: "Instead of `file`: the configuration itself.", example: "'<Proxy balancer://shop> …'" }),
  ),
  family: z.optional(
    text({
      describe: "Which program reads it.",
      example: "apache",
      fallbackText: "recognised by the file's name and first lines",
    }),
  ),
  version: z.optional(
    text({
      describe: "Behaviour of this version.",
      example: '"2.4"',
      fallbackText: "the version that the family follows",
    }),
  ),
  modules: withFallback(
    custom<ModulesChoice>(
      {
        describe:
          "Modules that count as loaded: `all` that lbsim knows, only those `as-written`, or `debian`'s default set and those written; or {omit, only, add}.",
        example: "as-written",
        fallback: "all",
      },
      "`all`, `as-written`, `debian` or section",
      readModules,
      () => ({ anyOf: [{ enum: [...MODULE_SETS] }, { type: "object" }] }),
    ),
  ),
  processes: z.optional(
    whole(1, 1024, {
      describe:
        "Worker processes per instance, whatever the configuration says (nginx: worker_processes; Apache: StartServers and ServerLimit). Programs that are one process refuse it.",
      example: "4",
      fallbackText: "as the configuration says",
    }),
  ),
  instances: withFallback(
    whole(1, 256, {
      describe: "Independent copies of the proxy side by side; they share no state.",
      example: "2",
      fallback: 1,
    }),
  ),
  spread: withFallback(
    word(["random", "round-robin", "source"], {
      describe: "How client connections are dealt out to several instances; `source` = by client address.",
      example: "round-robin",
      fallback: "random",
    }),
  ),
  env: z.optional(
    named(text({ describe: "Value of the variable.", example: "10.0.0.5" }), {
      describe: "Environment variables that the configuration refers to.",
      example: "{BACKEND: 10.0.0.5}",
      fallbackText: "none",
    }),
  ),
  defines: z.optional(
    texts({ describe: "Names defined on the command line (httpd -D).", example: "[STAGING]", fallbackText: "none" }),
  ),
  "missing-files": withFallback(
    word(["assume", "report"], {
      describe: "Files of another machine (certificates, includes): assume that they are fine, or report them.",
      example: "report",
      fallback: "assume",
    }),
  ),
});

/** `proxy` in its long form, all defaults filled in. */
export type ProxySection = z.infer<typeof proxySection>;

function readProxy(value: unknown): Outcome<ProxySection> {
  if (typeof value === "string") {
    if (value.trim() === "") return bad("wrong-value", "an empty path");
    return check(proxySection, { file: value }, "proxy");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return bad("wrong-type", `expected the path of a configuration or {file: …}, found ${shown(value)}`);
  }
  const read = check(proxySection, value, "proxy");
  if (!read.ok) return read;
  const { file, inline } = read.value;
  if (file !== undefined && inline !== undefined) {
    return bad("conflicting-keys", "file and inline at once: which one is the configuration?", null, ["inline"]);
  }
  if (file === undefined && inline === undefined)
    return bad("missing-key", "proxy needs file or inline", "e.g. file: httpd.conf");
  return read;
}

/** The proxy under test. */
export const proxy = custom<ProxySection>(
  { describe: "The real configuration of the proxy: its path, or a section.", example: "httpd.conf" },
  "path or section",
  readProxy,
  () => ({ $section: "proxy" }),
);
