import type { ReadHost, Reading, ReadOptions } from "../../../contract/proxy-family.ts";
import { diagnose } from "../diagnostics/index.ts";
import { hintForRefusal } from "../diagnostics/refusal-hints.ts";
import type { ApacheConfig, LimitsConfig } from "./apache-config.ts";
import { assemble } from "./assemble.ts";
import { cursorOver } from "./cursor.ts";
import { ReadProblem } from "./read-problem.ts";
import { Reader } from "./reader.ts";
import { Refused } from "./refused.ts";
import { serverLimits } from "./server-limits.ts";
import { checkAccess, checkMpm, checkStart } from "./start-checks.ts";
import { buildSource } from "./tree-builder.ts";
import { walk } from "./walk.ts";

/**
 * Reads an httpd.conf as httpd 2.4.71 does: first the files are put together (includes, conditions, variables, macros),
 * then the directives are carried out in order, then the limits are corrected, then the start is tried. The first error
 * ends the reading with httpd's own words; what loads is looked at by lbsim's diagnostics.
 *
 * `defaults` = limits of the server where the file says nothing (httpd's own when absent). Never throws for bad input.
 */
export function readHttpdConf(
  fileName: string,
  text: string,
  host: ReadHost,
  options: ReadOptions,
  defaults: Partial<LimitsConfig> = {},
): Reading<ApacheConfig> {
  const reader = new Reader(host, options);
  try {
    const nodes = buildSource(reader, cursorOver(fileName, text, 0), null);
    checkMpm(reader);
    walk(reader, nodes);
    checkAccess(reader);
    const { limits, warnings } = serverLimits(reader.draft, defaults, reader.modules.isChosen("reqtimeout"));
    for (const warning of warnings) reader.warn(warning, null);
    const config = assemble(fileName, reader, limits);
    checkStart(config);
    const { parameters, sharedMembers, passedOver, modules, oldAccess } = reader;
    const problems = diagnose({ config, parameters, sharedMembers, passedOver, oldAccess, written: modules.written });
    return { ...findings(reader), config, refusal: null, problems: [...reader.problems, ...problems] };
  } catch (error) {
    const refused = error instanceof ReadProblem ? error.refused() : error;
    if (!(refused instanceof Refused)) throw error;
    const hint = hintForRefusal(refused.refusal, refused.directive);
    return { ...findings(reader), config: null, refusal: { ...refused.refusal, hint } };
  }
}

function findings(reader: Reader) {
  const { warnings, problems, passedOver } = reader;
  return { programWarnings: warnings, problems, passedOver };
}
