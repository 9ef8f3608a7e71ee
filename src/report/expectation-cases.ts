import type { RunResult } from "../experiment/result.ts";
import { baselineLines } from "./baseline-words.ts";
import { expectationReason, VERDICT_WORDS } from "./expectation-words.ts";
import type { Annotation } from "./formats/github.ts";
import type { JunitCase, JunitSuite } from "./formats/junit.ts";

/** A result as a JUnit suite: one case an expectation and variant, and one for a comparison with a stored result. */
export function junitSuite(result: RunResult): JunitSuite {
  return {
    name: result.scenario.file,
    properties: [
      ["lbsim", result.lbsim],
      ["seed", String(result.seed)],
      ["replications", String(result.replications)],
      ["fingerprint", result.fingerprint],
      ["reproduce", result.reproduce],
    ],
    cases: [...expectationCases(result), ...baselineCase(result)],
  };
}

function expectationCases({ expectations = [], reproduce }: RunResult): readonly JunitCase[] {
  return expectations.map((each) => {
    const message = `${VERDICT_WORDS[each.verdict]}: ${expectationReason(each)}`;
    const place = `${each.file}:${each.line}`;
    const text = [`${each.text}  [${each.variant}]`, message, place, `reproduce: ${reproduce}`].join("\n");
    return {
      name: each.text,
      classname: each.variant,
      failure: each.verdict === "pass" ? null : { message, text },
    };
  });
}

function baselineCase(result: RunResult): readonly JunitCase[] {
  const { against, reproduce } = result;
  if (against === undefined) return [];
  const lines = baselineLines(result, against);
  const isWorse = against.moves.some(({ isRegression }) => isRegression);
  const text = [...lines, `reproduce: ${reproduce}`].join("\n");
  return [
    { name: "no regression", classname: against.file, failure: isWorse ? { message: lines[0] ?? "", text } : null },
  ];
}

/** What is wrong, at the lines of the expectations that say so: failures as errors, undecided ones as warnings. */
export function annotationsOf(result: RunResult): readonly Annotation[] {
  const { expectations = [], against, scenario, reproduce } = result;
  const broken = expectations
    .filter(({ verdict }) => verdict !== "pass")
    .map((each): Annotation => {
      const isOption = each.file.startsWith("--");
      return {
        level: each.verdict === "fail" ? "error" : "warning",
        title: `${VERDICT_WORDS[each.verdict]}: ${each.text}`,
        message: `${each.variant}: ${expectationReason(each)}\nreproduce: ${reproduce}`,
        file: isOption ? scenario.file : each.file,
        line: isOption ? 1 : each.line,
      };
    });
  const moves = against?.moves.some((move) => move.isRegression) === true ? baselineLines(result, against) : [];
  const worse: readonly Annotation[] =
    moves.length === 0
      ? []
      : [{ level: "error", title: "regression", message: moves.join("\n"), file: scenario.file, line: 1 }];
  return [...broken, ...worse];
}
