/** What the browser test bundles: the whole simulator without its command line. */
export { runTask } from "../../../src/experiment/task.ts";
