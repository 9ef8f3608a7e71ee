import { expect, it } from "vitest";
import { parseScenario } from "../../src/config/parse-scenario.ts";

const problemsOf = (text: string) =>
  parseScenario("shop.yaml", text, () => null).problems.map(({ code, hint }) => [code, hint?.split("?")[0]]);

it("a needed key that is misspelt is one problem, where it stands", () => {
  const rest = "proxy: httpd.conf\nclients: {requests: {rate: 1/s}}\n";
  expect(problemsOf(`${rest}durration: 20s\n`)).toEqual([["unknown-key", 'did you mean "duration"']]);
  // Another unknown key says nothing about the missing one.
  expect(problemsOf(`${rest}colour: red\n`).map(([code]) => code)).toEqual(["missing-key", "unknown-key"]);
});

it("too many variants have a way out", () => {
  const many = Array.from({ length: 1001 }, (_, i) => i + 1).join(", ");
  const text = `proxy: httpd.conf\nclients: {requests: {rate: 1/s}}\nduration: 1s\nvariants: {retry: [${many}]}\n`;
  expect(problemsOf(text)).toEqual([
    ["out-of-range", "leave out values, or vary them with lbsim sweep --over, which can sample them (--design lhs)"],
  ]);
});
