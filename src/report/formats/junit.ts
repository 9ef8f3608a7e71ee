import { element, type MarkupElement, serialise } from "../markup.ts";

/** One case of a suite. */
export interface JunitCase {
  readonly name: string;
  readonly classname: string;
  /** Everything about the failure: some readers show nothing but this text. Null = it passed. */
  readonly failure: { readonly message: string; readonly text: string } | null;
}

/** A scenario with its cases. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/**
 * JUnit XML as Jenkins and GitLab read it. Times are 0: simulated results have none, and the file is the same bytes
 * whenever the results are.
 */
export function renderJunit(suites: readonly JunitSuite[]): string {
  const root = element(
    "testsuites",
    { name: "lbsim", ...counts(suites.flatMap(({ cases }) => cases)) },
    ...suites.map(suiteElement),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serialise(root).replaceAll("><", ">\n<")}\n`;
}

function suiteElement({ name, cases, properties }: JunitSuite): MarkupElement {
  return element(
    "testsuite",
    { name, ...counts(cases) },
    element("properties", {}, ...properties.map(([property, value]) => element("property", { name: property, value }))),
    ...cases.map(caseElement),
  );
}

function caseElement({ name, classname, failure }: JunitCase): MarkupElement {
  return element(
    "testcase",
    { name, classname, time: "0" },
    failure === null ? null : element("failure", { message: failure.message }, failure.text),
  );
}

function counts(cases: readonly JunitCase[]) {
  const failures = cases.filter(({ failure }) => failure !== null).length;
  return { tests: String(cases.length), failures: String(failures), errors: "0", time: "0" };
}
