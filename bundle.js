import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

/** The report page: one classic script without imports, small enough to stand in every report. */
const page = {
  input: "src/report/page/report-page.ts",
  output: { dir: "dist/page", format: "iife", minify: true },
};

/**
 * The program: few files, because loading hundreds of modules takes longer than many a run. They lie beside dist/cli/host, so
 * that what is found by its place relative to a module of that folder is found from here too.
 */
const program = {
  input: { lbsim: "src/cli/main.ts", "thread-worker": "src/cli/host/thread-worker.ts" },
  platform: "node",
  // It starts its threads from files of its own.
  external: ["tinypool"],
  output: { dir: "dist/cli/program", cleanDir: true, format: "esm", chunkFileNames: "[name].js" },
  plugins: [{ name: "licences", generateBundle: addLicences }],
};

/** Puts the licence of every package whose code went into a bundle beside it. */
function addLicences(_options, bundle) {
  const folders = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds.map(packageFolder));
  const texts = [...new Set(folders)].filter((folder) => folder !== null).map(licenceOf);
  this.emitFile({ type: "asset", fileName: "LICENCES.txt", source: `${texts.sort().join("\n\n")}\n` });
}

function packageFolder(module) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module)?.[0] ?? null;
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
  return `${name} ${version}, ${license}${text}`;
}

await build([page, program]);
