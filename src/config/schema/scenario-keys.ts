import { scenarioSchema } from "./scenario.ts";

/** The sections and keys at the top of a scenario, as they are written. */
export const SCENARIO_KEYS: readonly string[] = Object.keys(scenarioSchema.shape);
