import { scenarioJsonSchema } from "../../config/schema.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";

/** `lbsim schema`: JSON Schema draft-07 of scenario files. */
export function schema(output: Output): number {
  output.out(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  return ExitCode.FINE;
}
