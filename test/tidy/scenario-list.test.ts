import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SCENARIOS = fileURLToPath(new URL("../../scenarios", import.meta.url));

it("scenarios/README.md names every scenario", () => {
  const readme = readFileSync(`${SCENARIOS}/README.md`, "utf8");
  const linked = [...readme.matchAll(/\]\(([^)]+\.yaml)\)/g)].map(([, path]) => path);
  const there = readdirSync(SCENARIOS, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
  expect([...new Set(linked)].sort()).toEqual(there.sort());
});
