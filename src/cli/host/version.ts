import { readFileSync } from "node:fs";

/** Version of the installed package. */
export function lbsimVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
