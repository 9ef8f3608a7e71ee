import type { SuiteEntry } from "../experiment/suite-result.ts";
import { annotationsOf, junitSuite } from "./expectation-cases.ts";
import type { Annotation } from "./formats/github.ts";
import type { JunitCase, JunitSuite } from "./formats/junit.ts";
import { fingerprintDifference } from "./formats/suite-text.ts";

/** A scenario of a suite as JUnit: its expectations, its fingerprint, and whether it can be used at all. */
export function suiteEntryCases(entry: SuiteEntry): JunitSuite {
  const { file, result, fingerprint, problem, status } = entry;
  const own = result === null ? { name: file, properties: [], cases: [] } : junitSuite(result);
  const cases: JunitCase[] = [...own.cases];
  if (problem !== "") cases.push(failed("can be used", file, problem));
  if (status === "interrupted") cases.push(failed("is run", file, "the suite was interrupted"));
  if (fingerprint !== null) {
    const difference = fingerprintDifference(entry);
    cases.push(
      difference === ""
        ? { name: "fingerprint", classname: fingerprint.recordedIn, failure: null }
        : failed("fingerprint", fingerprint.recordedIn, difference),
    );
  }
  return { ...own, name: file, cases };
}

function failed(name: string, classname: string, text: string): JunitCase {
  return { name, classname, failure: { message: text.split("\n")[0] ?? "", text } };
}

export function suiteAnnotations(entry: SuiteEntry): readonly Annotation[] {
  const { file, result, problem } = entry;
  const difference = fingerprintDifference(entry);
  const error = (title: string, message: string): readonly Annotation[] =>
    message === "" ? [] : [{ level: "error", title, message, file, line: 1 }];
  return [
    ...(result === null ? [] : annotationsOf(result)),
    ...error("can't be used", problem),
    ...error("results moved", difference),
  ];
}
