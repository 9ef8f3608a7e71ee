import { parentPort } from "node:worker_threads";
import * as theory from "../../../dist/experiment/analysis/index.js";
import { prepareExperiment } from "../../../dist/experiment/prepare.js";
import { Replication } from "../../../dist/experiment/run-replication.js";
import { longList } from "../lists/long.js";
import { shortList } from "../lists/short.js";
import { runOnce } from "./trial.js";

// A thread that runs replications with the built program: at full speed, which a test runner that rewrites modules
// does not have.

const lbsim = { prepareExperiment, Replication, theory };
const lists = { short: shortList(lbsim), long: longList(lbsim) };

parentPort.on("message", ({ list, index, replication }) => {
  parentPort.postMessage({ index, replication, run: runOnce(lbsim, lists[list][index], replication) });
});
