import { basename, dirname, join } from "node:path";
import { readText } from "../host/read-text.ts";
import { KnownError } from "../known-error.ts";

/** Name of the file that holds the fingerprints of the scenarios beside it. */
export const FINGERPRINTS_FILE = "fingerprints.csv";

const HEADER = "scenario,seed,replications,fingerprint";
const LINE = /^([^,"]+),(\d+),([1-9]\d*),([0-9a-f-]+)$/;

export interface RecordedFingerprint {
  /** Path of the scenario. */
  readonly file: string;
  readonly recordedIn: string;
  readonly seed: number;
  readonly replications: number;
  readonly fingerprint: string;
}

/** @throws KnownError `fingerprints-unreadable` with the line. */
export function readFingerprints(path: string): readonly RecordedFingerprint[] {
  const [header, ...lines] = readText(path, { whatFor: "recorded fingerprints" }).trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw unreadable(`${path}:1: expected "${HEADER}"`);
  return lines.map((line, i) => {
    const [, scenario, seed, replications, fingerprint] = LINE.exec(line) ?? [];
    if (scenario === undefined || fingerprint === undefined)
      throw unreadable(`${path}:${i + 2}: expected a scenario, a seed, a number of replications and a fingerprint`);
    const file = join(dirname(path), scenario);
    return { file, recordedIn: path, seed: Number(seed), replications: Number(replications), fingerprint };
  });
}

function unreadable(message: string): KnownError {
  return new KnownError(
    "fingerprints-unreadable",
    message,
    "mend the line, or take the file back from version control",
  );
}

/** The file's text, in the order of the scenarios' names. */
export function fingerprintsText(rows: readonly RecordedFingerprint[]): string {
  const lines = rows
    .map(({ file, seed, replications, fingerprint }) => [basename(file), seed, replications, fingerprint].join(","))
    .sort((a, b) => (a < b ? -1 : 1));
  return `${[HEADER, ...lines].join("\n")}\n`;
}
