import type { SuiteEntry, SuiteStatus } from "../../experiment/suite-result.ts";
import { expectationReason, VERDICT_WORDS } from "../expectation-words.ts";
import type { Paint } from "./paint.ts";

const WIDTH = "inconclusive".length;

/** "pass          scenarios/shop.yaml  3 expectations on 2 variants, fingerprint" */
export function suiteLine(entry: SuiteEntry, paint: Paint): string {
  const colour = colourOf(entry.status, paint);
  const tested = [expectationCount(entry), ...(entry.fingerprint === null ? [] : [fingerprintWord(entry)])];
  const words = tested.filter((word) => word !== "").join(", ");
  return `${colour(entry.status.padEnd(WIDTH))}  ${entry.file}${words === "" ? "" : `  ${words}`}\n`;
}

/** The failures of a scenario with everything that is known about them; "" when there are none. */
export function suiteFailure(entry: SuiteEntry, paint: Paint): string {
  const lines: string[] = entry.problem === "" ? [] : entry.problem.split("\n");
  for (const each of entry.result?.expectations ?? []) {
    if (each.verdict === "pass") continue;
    lines.push(`${VERDICT_WORDS[each.verdict]}  ${each.text}  [${each.variant}]  ${each.file}:${each.line}`);
    lines.push(`      ${expectationReason(each)}`);
  }
  if (entry.status === "fail" || entry.status === "inconclusive")
    lines.push(`reproduce: ${entry.result?.reproduce ?? ""}`);
  const difference = fingerprintDifference(entry);
  if (difference !== "") lines.push(difference);
  if (lines.length === 0) return "";
  return `\n${paint.bold(entry.file)}\n${lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("")}`;
}

/** "12 pass, 1 fail, 2 differ" */
export function suiteCount(entries: readonly SuiteEntry[]): string {
  const names: readonly (readonly [SuiteStatus, string])[] = [
    ["pass", "pass"],
    ["fail", "fail"],
    ["inconclusive", "inconclusive"],
    ["differs", "differ"],
    ["unusable", "unusable"],
    ["interrupted", "interrupted"],
  ];
  return names
    .map(([status, word]) => ({ count: entries.filter((each) => each.status === status).length, word }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`)
    .join(", ");
}

/** What moved; "" when nothing did. */
export function fingerprintDifference({ fingerprint }: SuiteEntry): string {
  if (fingerprint === null || fingerprint.recorded === fingerprint.now) return "";
  const { recordedIn, recorded, now, seed, replications } = fingerprint;
  if (recorded === null)
    return `no fingerprint in ${recordedIn} (now ${now}, seed ${seed}, ${replications} replications); lbsim test --update records it`;
  return `fingerprint ${recorded} in ${recordedIn} is now ${now} (seed ${seed}, ${replications} replications); lbsim test --update records it`;
}

function fingerprintWord({ fingerprint }: SuiteEntry): string {
  return fingerprint?.recorded === null ? "fingerprint not recorded" : "fingerprint";
}

function expectationCount({ result }: SuiteEntry): string {
  const all = result?.expectations ?? [];
  if (all.length === 0) return "";
  const texts = new Set(all.map(({ file, line, text }) => `${file}:${line}:${text}`)).size;
  const variants = new Set(all.map(({ variant }) => variant)).size;
  const count = `${texts} expectation${texts === 1 ? "" : "s"}`;
  return variants > 1 ? `${count} on ${variants} variants` : count;
}

function colourOf(status: SuiteStatus, paint: Paint): (text: string) => string {
  if (status === "pass") return paint.good;
  return status === "inconclusive" || status === "interrupted" ? paint.warning : paint.bad;
}
