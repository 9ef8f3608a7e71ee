// node scenarios/capacity/charts.js: draws the charts of docs/how-to/capacity-questions.md anew. Build first.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { availabilityTimeline } from "../../dist/report/charts/availability-timeline.js";
import { latencyCdf } from "../../dist/report/charts/latency-cdf.js";
import { latencyOverTime } from "../../dist/report/charts/latency-over-time.js";
import { latencyPercentiles } from "../../dist/report/charts/latency-percentiles.js";
import { shareVsLoadfactor } from "../../dist/report/charts/share-vs-loadfactor.js";
import { PAGE_THEME } from "../../dist/report/charts/theme.js";
import { readJson } from "../../dist/report/formats/json.js";
import { renderSvg } from "../../dist/report/formats/svg.js";

const FOLDER = "docs/how-to/charts";
const WIDTH = 960;
const scratch = mkdtempSync(join(tmpdir(), "lbsim-charts-"));

const CHARTS = {
  "peak-one-member-down": latencyOverTime,
  "rolling-restart": latencyOverTime,
  "slow-member": latencyCdf,
  "cold-caches": latencyOverTime,
  "black-hole-timeouts": latencyPercentiles,
  "retry-storm": (result, frame, theme) => availabilityTimeline(result, result.variants[0], frame, theme),
  "long-websockets": (result, frame, theme) => shareVsLoadfactor(result, "requests", frame, theme),
  "wrong-loadfactors": latencyPercentiles,
};

const SWEEPS = {
  "flash-crowd": ["--variant", "byrequests", "--over", "backends.default.queue=5,10,50,100,500"],
};

function lbsim(...words) {
  const all = ["bin/lbsim.js", ...words, "--report-dir", scratch, "--quiet"];
  return execFileSync("node", all, { encoding: "utf8", maxBuffer: 1e9 });
}

mkdirSync(FOLDER, { recursive: true });
for (const [name, draw] of Object.entries(CHARTS)) {
  const result = readJson(lbsim("run", `scenarios/capacity/${name}.yaml`, "--json"));
  writeFileSync(join(FOLDER, `${name}.svg`), renderSvg(draw(result, { width: WIDTH, id: name }, PAGE_THEME)));
}
for (const [name, words] of Object.entries(SWEEPS))
  lbsim("sweep", `scenarios/capacity/${name}.yaml`, ...words, "--out", `svg=${join(FOLDER, `${name}.svg`)}`);
rmSync(scratch, { recursive: true, force: true });
