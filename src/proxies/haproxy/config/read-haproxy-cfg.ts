import type { ReadHost, Reading, ReadOptions } from "../../../contract/proxy-family.ts";
import { diagnose } from "../diagnostics/index.ts";
import { hintForRefusal } from "../diagnostics/refusal-hints.ts";
import type { HaproxyConfig } from "./haproxy-config.ts";
import { LineReader } from "./read-lines.ts";
import { Reader } from "./reader.ts";
import { Abort } from "./report.ts";
import { resolveConfig } from "./resolve.ts";
import { secondPass } from "./second-pass.ts";

/**
 * Reads a haproxy.cfg as HAProxy 2.6.12 does: line by line, reporting every error that does not stop it; then, when there
 * was none, the whole once more. The refusal holds all of the program's alerts, one a line. Never throws for bad input.
 */
export function readHaproxyCfg(
  fileName: string,
  text: string,
  host: ReadHost,
  options: ReadOptions,
): Reading<HaproxyConfig> {
  return readWith(new Reader(host, options), fileName, text);
}

const RECORDED_TIMEOUTS_US: readonly (readonly [string, number])[] = [
  ["connect", 1_000_000],
  ["client", 30_000_000],
  ["server", 5_000_000],
  ["queue", 5_000_000],
];

/**
 * Reads the configuration of a recorded case: `nbthread 1`, and where the case has no `defaults`, those of the
 * recording (golden/FORMAT.md and Appendix A of the spec: mode http; connect 1s, client 30s, server 5s, queue 5s).
 */
export function readRecordedCfg(fileName: string, text: string, host: ReadHost): Reading<HaproxyConfig> {
  const reader = new Reader(host, {});
  reader.global.nbthread = 1;
  if (!/^\s*defaults\b/m.test(text)) {
    const { settings } = reader.lastDefaults;
    settings.mode = "http";
    for (const [name, us] of RECORDED_TIMEOUTS_US) settings.timeouts.set(name, us);
  }
  return readWith(reader, fileName, text);
}

function readWith(reader: Reader, fileName: string, text: string): Reading<HaproxyConfig> {
  const { report } = reader;
  try {
    new LineReader(reader, fileName).read(text);
    if (report.fatal === 0) secondPass(reader);
  } catch (error) {
    if (!(error instanceof Abort)) throw error;
  }
  if (report.fatal > 0) {
    const [first] = report.alerts;
    const refusal = {
      text: report.alerts.map((each) => each.text).join("\n"),
      at: "syntax" as const,
      position: first?.position ?? null,
      hint: hintForRefusal(first?.text ?? ""),
    };
    return { ...findings(reader), config: null, refusal };
  }
  // What is left are alerts that HAProxy starts in spite of.
  report.warnings.unshift(...report.alerts);
  const config = resolveConfig(reader, fileName);
  const { notNumbers, proxies } = reader;
  const problems = diagnose({ config, notNumbers, drafts: proxies });
  return { ...findings(reader), config, refusal: null, problems: [...reader.problems, ...problems] };
}

function findings(reader: Reader) {
  return { programWarnings: reader.report.warnings, problems: reader.problems, passedOver: reader.passedOver };
}
