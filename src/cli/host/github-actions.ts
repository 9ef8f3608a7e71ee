import { appendFileSync } from "node:fs";
import type { Annotation } from "../../report/formats/github.ts";
import { githubAnnotations } from "../../report/formats/github.ts";
import type { Output } from "./output.ts";
import { reasonOf } from "./reason-of.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** GitHub drops a step's summary beyond 1 MiB. */
const LONGEST_SUMMARY = 1_000_000;

/**
 * In a job of GitHub Actions: annotations on stderr, where the runner reads them too, and the summary of the step. A
 * summary that can't be written is told and no failure: the job's result does not hang on it.
 */
export function tellGithub(env: Env, annotations: readonly Annotation[], summary: string, output: Output): void {
  if (env.GITHUB_ACTIONS !== "true") return;
  output.fail(githubAnnotations(annotations));
  const path = env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === "") return;
  try {
    appendFileSync(path, summary.length <= LONGEST_SUMMARY ? summary : `${summary.slice(0, LONGEST_SUMMARY)}\n…\n`);
  } catch (error) {
    output.err(`${path}: ${reasonOf(error)}: no step summary\n`);
  }
}
