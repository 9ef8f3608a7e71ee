/**
 * Bare engine speed: three queueing models on lbsim's event queue and draws, against the same models written by
 * hand in one function of JavaScript and in C++ -O3. Run alone: `npm run build && node test/bench/engine.js`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MODELS } from "./engine-models/queueing-models.js";

const CUSTOMERS = 2_000_000;
const ROUNDS = 5;
const SEED = 1;
const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * @typedef {object} Row
 * @property {string} engine
 * @property {string} model
 * @property {number | null} millionEventsPerSecond best of the rounds; null when the engine can't be run
 * @property {number | null} ratioToTightNode
 * @property {number | null} ratioToCpp
 * @property {number | null} meanWait
 * @property {number} expectedMeanWait
 * @property {number | null} standardErrors how far the mean wait is off
 * @property {string} note
 */

/**
 * Runs every engine on every model, each in a process of its own, taking turns so that a disturbance of the machine
 * hits all of them.
 *
 * @returns {Promise<Row[]>}
 */
export async function benchEngine() {
  const folder = mkdtempSync(join(tmpdir(), "lbsim-bench-"));
  try {
    const cpp = buildCpp(folder);
    const engines = [
      { name: "lbsim engine", command: (model) => [process.execPath, ...nodeArguments("lbsim", model)] },
      { name: "tight Node", command: (model) => [process.execPath, ...nodeArguments("tight", model)] },
      { name: "C++ -O3", command: cpp && ((model) => [cpp, ...cppArguments(model)]) },
    ];
    return MODELS.flatMap((model) => measure(model, engines));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(model, engines) {
  const best = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, command } of engines) {
      if (!command) continue;
      const [file, ...rest] = command(model);
      const result = JSON.parse(execFileSync(file, rest.map(String), { encoding: "utf8" }));
      if (result.served !== CUSTOMERS) throw new Error(`${name} served ${result.served} of ${CUSTOMERS} customers`);
      if (!(best.get(name)?.seconds <= result.seconds)) best.set(name, result);
    }
  }
  const secondsOf = (name) => best.get(name)?.seconds ?? Number.NaN;
  return engines.map(({ name, command }) => {
    const result = best.get(name);
    const row = { engine: name, model: model.name, expectedMeanWait: model.meanWait };
    if (!command) {
      const missing = { millionEventsPerSecond: null, ratioToTightNode: null, ratioToCpp: null };
      return { ...row, ...missing, meanWait: null, standardErrors: null, note: "no g++" };
    }
    const cppRatio = secondsOf("C++ -O3") / result.seconds;
    return {
      ...row,
      millionEventsPerSecond: (2 * CUSTOMERS) / result.seconds / 1e6,
      ratioToTightNode: secondsOf("tight Node") / result.seconds,
      ratioToCpp: Number.isNaN(cppRatio) ? null : cppRatio,
      meanWait: result.meanWait,
      standardErrors: (result.meanWait - model.meanWait) / (model.deviation / Math.sqrt(CUSTOMERS)),
      note: "",
    };
  });
}

/** Path of the compiled baseline; undefined without a C++ compiler. */
function buildCpp(folder) {
  const program = join(folder, "baseline");
  const built = spawnSync("g++", ["-O3", "-march=native", "-std=c++17", "-o", program, join(here, "baseline.cpp")]);
  return built.status === 0 ? program : undefined;
}

function nodeArguments(engine, model) {
  return [join(here, "engine-models", "run-one.js"), engine, model.name, CUSTOMERS, SEED];
}

function cppArguments(model) {
  return [model.servers, model.lambda, CUSTOMERS, SEED];
}

/** @param {Row[]} rows */
export function formatEngineRows(rows) {
  const lines = [
    `| model | engine | M events/s | of tight Node | of C++ | mean wait | expected | off by s.e. |`,
    "|---|---|---:|---:|---:|---:|---:|---:|",
  ];
  for (const row of rows) {
    const figures =
      row.millionEventsPerSecond === null
        ? [row.note, "", "", ""]
        : [row.millionEventsPerSecond.toFixed(1), percent(row.ratioToTightNode), percent(row.ratioToCpp)];
    const wait =
      row.meanWait === null ? ["", ""] : [row.meanWait.toFixed(4), row.expectedMeanWait, row.standardErrors.toFixed(1)];
    lines.push(`| ${[row.model, row.engine, ...figures, ...wait].join(" | ")} |`);
  }
  return lines.join("\n");
}

function percent(ratio) {
  return ratio === null ? "" : `${Math.round(100 * ratio)} %`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${CUSTOMERS} customers, best of ${ROUNDS}; one event = one arrival or one end of service`);
  console.log(formatEngineRows(await benchEngine()));
}
