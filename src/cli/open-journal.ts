import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PreparedExperiment } from "../experiment/prepare.ts";
import { Journal, sha256 } from "./host/journal.ts";
import type { Output } from "./host/output.ts";
import { lbsimVersion } from "./host/version.ts";
import type { LoadedExperiment } from "./load-experiment.ts";

/** Name of the journal beside the outputs of a run. */
const JOURNAL_NAME = "journal.jsonl";

/**
 * The journal of a run that writes into `folder`.
 * @throws KnownError `journal-foreign` when it is to be resumed and belongs to another run.
 */
export function openJournal(
  folder: string,
  { experiment, inlined }: LoadedExperiment,
  resume: boolean,
  output: Output,
): Journal {
  const path = join(folder, JOURNAL_NAME);
  const owner = {
    program: programOf(experiment),
    experiment: sha256(JSON.stringify(inlined)),
    file: experiment.scenario.file,
  };
  if (!resume) {
    if (existsSync(path)) output.err(`${path}: what an interrupted run had finished is replaced (--resume keeps it)\n`);
    return Journal.begin(path, owner);
  }
  const journal = Journal.resume(path, owner);
  output.err(
    journal.size === 0
      ? `${path}: nothing to go on with; starting anew\n`
      : `going on after ${journal.size} finished tasks\n`,
  );
  return journal;
}

/** "lbsim 0.1.0, apache 3": everything whose change makes other results of the same task. */
function programOf({ variants }: PreparedExperiment): string {
  const families = variants.map(({ family }) => `${family.name} ${family.behaviourRevision}`);
  return [`lbsim ${lbsimVersion()}`, ...new Set(families)].join(", ");
}
