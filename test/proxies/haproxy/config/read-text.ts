import type { ReadHost } from "../../../../src/contract/proxy-family.ts";
import { readHaproxyCfg } from "../../../../src/proxies/haproxy/config/read-haproxy-cfg.ts";

export const FILE = "haproxy.cfg";

/** A host that has these files and variables and nothing else. */
export function hostWith(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): ReadHost {
  return { load: (path) => files[path] ?? null, list: () => [], env };
}

/** Reads a configuration given as text or lines. */
export function read(text: string | readonly string[], host = hostWith()) {
  return readHaproxyCfg(FILE, typeof text === "string" ? text : `${text.join("\n")}\n`, host, {});
}
