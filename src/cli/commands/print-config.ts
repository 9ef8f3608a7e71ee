import type { PreparedExperiment } from "../../experiment/prepare.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";

/** `--print-config`: every resolved value and where it came from. */
export function printConfig(experiment: PreparedExperiment, json: boolean, output: Output): number {
  const { values } = experiment.resolved;
  const variants = experiment.variants.map(({ name, family, file, settings }) => ({
    name,
    proxy: `${family.name} ${family.version}`,
    file,
    settings,
  }));
  if (json) {
    output.out(
      `${JSON.stringify({ values, variants, baseline: experiment.baseline, seed: experiment.seed }, null, 1)}\n`,
    );
    return ExitCode.FINE;
  }
  const width = Math.max(...values.map(({ key }) => key.length));
  const valueWidth = Math.min(48, Math.max(...values.map(({ value }) => value.length)));
  for (const { key, value, from } of values)
    output.out(`${key.padEnd(width)}  ${value.padEnd(valueWidth)}  ${output.paint.dim(from)}\n`);
  for (const variant of variants)
    output.out(
      `variant ${variant.name}: ${variant.proxy}, ${variant.file}${variant.name === experiment.baseline ? " (baseline)" : ""}\n`,
    );
  return ExitCode.FINE;
}
