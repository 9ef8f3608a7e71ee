import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { KnownError } from "../known-error.ts";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A drawing as PNG, twice as many pixels as it says. Chromium draws it: text looks as in the report.
 * @throws KnownError `no-browser` when there is none, or it draws nothing.
 */
export function takePicture(
  svg: string,
  width: number,
  height: number,
  browsers: readonly string[] = BROWSERS,
): Uint8Array {
  const browser = browsers.find((path) => existsSync(path));
  const hint = "install Debian's package chromium, or take the charts as --out svg=DIR";
  if (browser === undefined) throw new KnownError("no-browser", "PNG pictures need Chromium, which is not here", hint);
  const folder = mkdtempSync(join(tmpdir(), "lbsim-picture-"));
  try {
    const [source, picture] = [join(folder, "chart.svg"), join(folder, "chart.png")];
    writeFileSync(source, svg);
    // Root may not have a sandbox, and the page is our own.
    spawnSync(
      browser,
      [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--force-device-scale-factor=2",
        `--window-size=${width},${height}`,
        `--screenshot=${picture}`,
        pathToFileURL(source).href,
      ],
      { stdio: "ignore", timeout: 60_000 },
    );
    if (!existsSync(picture)) throw new KnownError("no-browser", `${browser} drew no picture`, hint);
    return readFileSync(picture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
