import { dirname, join } from "node:path";
import type { SourceFile } from "./source-files.ts";

/** What each layer may import beside itself (design: imports only to the left). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  engine: [],
  proxies: ["contract"],
  model: ["contract", "engine"],
  drive: ["contract", "engine", "model", "proxies"],
  config: ["contract", "engine", "model", "proxies", "drive"],
  experiment: ["contract", "engine", "model", "proxies", "drive", "config"],
  report: ["contract", "engine", "model", "proxies", "drive", "config", "experiment"],
  cli: ["contract", "engine", "model", "proxies", "drive", "config", "experiment", "report"],
};

/** The one door of each package: who may import it. */
const DOORS: readonly (readonly [pattern: RegExp, allowed: RegExp])[] = [
  [/^seedrandom/, /^src\/engine\/random\/seeded-generator\.ts$/],
  [/^csv-stringify/, /^src\/report\/formats\/csv\.ts$/],
  [/^d3/, /^src\/report\/charts\//],
  [/^commander$|^@bomb\.sh\/tab/, /^src\/cli\//],
  [/^fflate$/, /^src\/experiment\/film\/gzip-text\.ts$/],
  [/^hyparquet-writer$/, /^src\/report\/formats\/parquet\.ts$/],
  [/^tinypool$/, /^src\/cli\/host\//],
  [/^yaml$|^zod/, /^src\/config\//],
  [/^node:/, /^src\/cli\//],
];

/** Breaches of the layers and doors, in words. */
export function layerBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => importsOf(file.text).flatMap((specifier) => breachOf(file.path, specifier) ?? []));
}

function importsOf(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)\s*import\s+"([^"]+)"/g,
    ),
  ].map(([, a, b, c]) => a ?? b ?? c ?? "");
}

function breachOf(path: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) {
    const door = DOORS.find(([pattern]) => pattern.test(specifier));
    if (door === undefined) return `${path} imports ${specifier}, which no layer may`;
    return door[1].test(path) ? null : `${path} imports ${specifier}, which has another door`;
  }
  const from = layerOf(path);
  const target = join(dirname(path), specifier);
  const to = layerOf(target);
  if (from === to) {
    const [family, other] = [familyOf(path), familyOf(target)];
    return family !== null && other !== null && family !== other
      ? `${path} imports ${target}: a family never imports another`
      : null;
  }
  return ALLOWED[from]?.includes(to) ? null : `${path} imports ${target}: ${from} may not import ${to}`;
}

function layerOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** The proxy family that a file belongs to; what families share, and the list of them, belong to none. */
function familyOf(path: string): string | null {
  const [, layer, folder, file] = path.split("/");
  return layer !== "proxies" || file === undefined || folder === "shared" ? null : (folder ?? null);
}
