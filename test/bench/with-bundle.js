import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

/**
 * Calls `use` with the URL of one file that exports what the given modules do, bundled as the program is: calls between
 * modules cost more than calls within one, and users run the bundle.
 *
 * @template T
 * @param {readonly string[]} modules below dist/
 * @param {(bundle: string) => T} use
 */
export async function withBundle(modules, use) {
  const folder = mkdtempSync(join(tmpdir(), "lbsim-bench-"));
  try {
    const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
    const entry = modules.map((module) => `export * from ${JSON.stringify(join(dist, module))};`).join("\n");
    const plugin = {
      name: "entry",
      resolveId: (id) => (id === "bench-entry" ? id : null),
      load: (id) => (id === "bench-entry" ? entry : null),
    };
    const file = join(folder, "bench.mjs");
    await build({ input: "bench-entry", platform: "node", plugins: [plugin], output: { file, format: "esm" } });
    return use(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
