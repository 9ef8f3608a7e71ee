import type { ReadHost, ReadOptions } from "../../../../src/contract/proxy-family.ts";
import { readNginxConf } from "../../../../src/proxies/nginx/config/read-nginx-conf.ts";

/** A host whose only files are the given ones. */
export function hostWith(files: Readonly<Record<string, string>> = {}): ReadHost {
  const matches = (pattern: string) => {
    const source = pattern.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*");
    return Object.keys(files).filter((name) => new RegExp(`^${source}$`).test(name));
  };
  return {
    load: (path) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null),
    list: (pattern) => matches(pattern).sort((a, b) => (a < b ? -1 : 1)),
    env: {},
  };
}

/** Reads lines as the file nginx.conf. */
export function read(lines: string | readonly string[], options: ReadOptions = {}, host: ReadHost = hostWith()) {
  const text = typeof lines === "string" ? lines : `${lines.join("\n")}\n`;
  return readNginxConf("nginx.conf", text, host, options);
}

/** Reads lines that must load. */
export function load(lines: string | readonly string[], options: ReadOptions = {}, host: ReadHost = hostWith()) {
  const { config, refusal } = read(lines, options, host);
  if (config === null) throw new Error(`refused: ${refusal?.text}`);
  return config;
}

/** A whole configuration whose http block holds these lines. */
export function http(...lines: readonly string[]): readonly string[] {
  return ["events {}", "http {", ...lines, "}"];
}
