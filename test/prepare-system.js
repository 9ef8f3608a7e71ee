// Installs what the tests need from the system (Debian, as root), or says what is missing and what it means.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What is needed, how to see whether it is there, and which tests want it. */
const NEEDS = [
  { package: "chromium", paths: ["/usr/bin/chromium"], for: "pages in a real browser (test/e2e)" },
  { package: "git", paths: ["/usr/bin/git"], for: "the recipes for CI in a clean clone (test/e2e)" },
];

const missing = NEEDS.filter(({ paths }) => !paths.some((path) => existsSync(path)));
if (missing.length > 0 && mayInstall()) install(missing.map((need) => need.package));

const still = NEEDS.filter(({ paths }) => !paths.some((path) => existsSync(path)));
for (const need of still) console.error(`not installed: ${need.package}; without it these are not run: ${need.for}`);
if (still.length > 0 && process.env.CI === "true") {
  console.error("with CI=true nothing may be left out: install the packages named above");
  process.exitCode = 1;
}

function mayInstall() {
  return process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
}

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
      stdio: "inherit",
      env,
    });
  } catch (error) {
    console.error(`could not install ${packages.join(", ")}: ${error.message}`);
  }
}
