/** Child process of the engine benchmark: `run-one.js ENGINE MODEL CUSTOMERS SEED`; prints one line of JSON. */
import { MODELS } from "./queueing-models.js";

const [, , engine, modelName, customersText, seedText] = process.argv;
const model = MODELS.find((candidate) => candidate.name === modelName);
const customers = Number(customersText);
const seed = Number(seedText);
const run =
  engine === "lbsim"
    ? (await import("./lbsim-engine.js")).runLbsimEngine
    : (await import("./tight-node.js")).runTightNode;

run(model, customers / 10, seed + 1);
const start = process.hrtime.bigint();
const { served, meanWait } = run(model, customers, seed);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ seconds, served, meanWait }));
