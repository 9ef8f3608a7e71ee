import { existsSync } from "node:fs";
import type { SuiteEntry } from "../../experiment/suite-result.ts";
import type { Output } from "../host/output.ts";
import { writeFiles } from "../host/write-files.ts";
import { fingerprintsText, type RecordedFingerprint, readFingerprints } from "./fingerprints-file.ts";

/**
 * Records the fingerprints that were found and says what changed. Scenarios that were not run keep their lines, those
 * whose file is gone lose it. Answers the entries as they stand now: what was recorded differs no more.
 */
export function updateFingerprints(entries: readonly SuiteEntry[], output: Output): readonly SuiteEntry[] {
  const files = [...new Set(entries.flatMap(({ fingerprint }) => fingerprint?.recordedIn ?? []))];
  const told: string[] = [];
  const written = files.map((path) => ({ path, content: fingerprintsText(updatedRows(path, entries, told)) }));
  writeFiles(written, "the folder of the scenarios must be writable");
  output.err(told.length === 0 ? "no fingerprint changed\n" : `${told.join("\n")}\n`);
  if (told.length > 0) output.err('say why under "Results changed" where you keep a changelog\n');
  return entries.map((entry) => (entry.status === "differs" ? { ...entry, status: "pass" as const } : entry));
}

function updatedRows(path: string, entries: readonly SuiteEntry[], told: string[]): readonly RecordedFingerprint[] {
  const rows: RecordedFingerprint[] = [];
  const before = readFingerprints(path);
  for (const row of before) {
    const found = entries.find(({ file }) => file === row.file)?.fingerprint ?? null;
    if (found === null && !existsSync(row.file)) told.push(`${row.file}: gone, no longer recorded`);
    else if (found === null || found.now === row.fingerprint) rows.push(row);
    else {
      told.push(`${row.file}: ${row.fingerprint} is now ${found.now}`);
      rows.push({ ...row, fingerprint: found.now });
    }
  }
  for (const { file, fingerprint } of entries) {
    if (fingerprint?.recordedIn !== path || before.some((row) => row.file === file)) continue;
    const { seed, replications, now } = fingerprint;
    told.push(`${file}: recorded, ${now}`);
    rows.push({ file, recordedIn: path, seed, replications, fingerprint: now });
  }
  return rows;
}
