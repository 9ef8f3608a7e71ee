import type { DiagnosticInfo } from "../contract/problem.ts";

/** What the command line itself can complain about. */
export const CLI_DIAGNOSTICS: readonly DiagnosticInfo[] = [
  error("file-unreadable", "A file is missing, a folder, a device, not permitted, too large or no UTF-8 text."),
  error("scenario-invalid", "The scenario can't be simulated; the problems stand above."),
  error("output-unwritable", "A result can't be written where it should go."),
  error("bad-plan", "What is to be planned can't be: nothing to search, no expectations, or none can be kept."),
  error("bad-sweep", "What is to be varied can't be: key, values or design."),
  error("journal-foreign", "The journal to resume belongs to another scenario, seed or version, or is none."),
  error("output-conflict", "Two results for one place, such as two documents for stdout."),
  error("no-browser", "PNG pictures need Chromium."),
  error("result-unreadable", "A file is no result of lbsim, is cut off, or comes from a newer lbsim."),
  error("results-differ", "Results whose observed times or backends differ can't stand in one report."),
  error("unknown-format", "An output format that doesn't exist."),
  error("unknown-variant", "A variant that the scenario doesn't have."),
  error("unknown-request", "A request that the replication doesn't have."),
  error("not-comparable", "A stored result that can't be the baseline of this comparison."),
  error("option-alone", "An option that means nothing without another one."),
  error("options-conflict", "An option that another one decides."),
  error("nothing-to-test", "No scenario has expectations or a recorded fingerprint."),
  error("fingerprints-unreadable", "A file of recorded fingerprints that can't be read."),
  error("unknown-list", "A list that `lbsim list` doesn't have."),
  error("nothing-to-compare", "A scenario with one variant can't be compared."),
  error("file-exists", "`lbsim init` would overwrite a file."),
  error("case-unreadable", "A folder is no recorded case, or one of its files can't be used."),
  error("unknown-family", "A recorded case of a proxy that lbsim doesn't simulate."),
  error("nothing-to-convert", "A file that is of the wanted family already, or in which nothing is balanced."),
  error("conversion-refused", "The converted configuration would be refused by the program that it is for."),
];

function error(code: string, title: string): DiagnosticInfo {
  return { code, severity: "error", title };
}
