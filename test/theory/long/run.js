import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as theory from "../../../dist/experiment/analysis/index.js";
import { prepareExperiment } from "../../../dist/experiment/prepare.js";
import { Replication } from "../../../dist/experiment/run-replication.js";
import { Threads } from "../lab/threads.js";
import { judge } from "../lab/trial.js";
import { longList } from "../lists/long.js";
import { validationPage } from "./validation-page.js";

// The long validation: runs every case of the long list, prints a line per quantity and writes
// docs/reference/validation.md. Exits 1 when something disagrees.

const PAGE = new URL("../../../docs/reference/validation.md", import.meta.url);
const lbsim = { prepareExperiment, Replication, theory };
const cases = longList(lbsim);

function printFindings(index, runs) {
  for (const { name, expected, mean, halfWidth, agrees } of judge(lbsim, cases[index], runs)) {
    const verdict = agrees ? "ok     " : "DIFFERS";
    console.log(
      `${verdict} ${cases[index].id}: ${name}: ${expected.toPrecision(6)}, measured ${mean.toPrecision(6)} ± ${halfWidth.toPrecision(3)}`,
    );
  }
}

const wanted = cases.map(({ replications }, index) => ({ index, replications }));
const threads = new Threads(availableParallelism());
const runs = await threads.run("long", wanted, printFindings);
await threads.close();
const results = cases.map((each, index) => ({ theoryCase: each, findings: judge(lbsim, each, runs.get(index)) }));
writeFileSync(PAGE, validationPage(results));
const differing = results.filter(({ findings }) => findings.some(({ agrees }) => !agrees));
console.log(`${results.length - differing.length} cases agree, ${differing.length} differ`);
if (differing.length > 0) process.exitCode = 1;
