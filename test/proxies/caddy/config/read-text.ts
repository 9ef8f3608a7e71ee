import type { ReadHost } from "../../../../src/contract/proxy-family.ts";
import type { CaddyConfig } from "../../../../src/proxies/caddy/config/caddy-config.ts";
import { readCaddyfile } from "../../../../src/proxies/caddy/config/read-caddyfile.ts";

/** A host with these files and variables. */
export function hostOf(files: Record<string, string> = {}, env: Record<string, string> = {}): ReadHost {
  return {
    load: (path) => files[path] ?? null,
    list: (pattern) => Object.keys(files).filter((path) => path.startsWith(pattern.replace(/\*.*/, ""))),
    env,
  };
}

/** The configuration of a text that Caddy takes. */
export function configOf(text: string, host: ReadHost = hostOf()): CaddyConfig {
  const { config, refusal } = readCaddyfile("Caddyfile", text, host);
  if (config === null) throw new Error(refusal?.text);
  return config;
}
