import { describe, expect, it } from "vitest";
import { explainRequest } from "../../src/experiment/explain.ts";
import type { PreparedVariant } from "../../src/experiment/prepare.ts";
import { runReplication } from "../../src/experiment/run-replication.ts";
import { explanationInWords } from "../../src/report/formats/explanation.ts";
import { experimentOf } from "./small-experiment.ts";

const { experiment } = experimentOf();
const rows = (() => {
  const result = runReplication(experiment, experiment.variants[0] as PreparedVariant, 0, {
    world: experiment.resolved.world,
    binUs: 1_000_000,
    keepRows: true,
  });
  if (result?.rows === null || result === null) throw new Error("rows were asked for");
  return result.rows;
})();

describe("explainRequest", () => {
  it("tells of the same request that the run has at that rank", () => {
    for (const rank of [0, 17, 60, 100]) {
      const explained = explainRequest(experiment, "byrequests", 0, rank)?.request;
      const row = rows.started.indexOf(rank);
      expect(explained).toMatchObject({
        identity: {
          client: rows.client[row],
          session: rows.session[row],
          ordinal: rows.ordinal[row],
          tryNumber: rows.tryNumber[row],
        },
        startUs: rows.startUs[row],
        endUs: rows.endUs[row],
        status: rows.status[row],
      });
      expect(explained?.attempts.map(({ member }) => member).join(">")).toBe(rows.members[row]);
    }
  });

  it("gives one decision per attempt, the winner of each among its candidates", () => {
    const explained = explainRequest(experiment, "byrequests", 0, 40)?.request;
    expect(explained?.decisions.length).toBeGreaterThanOrEqual(1);
    for (const decision of explained?.decisions ?? []) {
      const winner = decision.candidates.find(({ member }) => member === decision.winner);
      expect(winner?.excluded).toBeNull();
    }
  });

  it("finds the same request in the other variants by its identity", () => {
    const explanation = explainRequest(experiment, "byrequests", 0, 40);
    expect(explanation?.others.map(({ variant }) => variant)).toEqual(["bybusyness"]);
    const other = explanation?.others[0]?.request;
    if (other) expect(other.identity).toEqual(explanation?.request.identity);
  });

  it("knows no request beyond the last", () => {
    expect(explainRequest(experiment, "byrequests", 0, 1_000_000)).toBeNull();
  });

  it("reads as text", () => {
    const explanation = explainRequest(experiment, "byrequests", 0, 40);
    if (explanation === null) throw new Error("request 40 exists");
    const text = explanationInWords(explanation);
    expect(text).toMatch(/^request 40 · t=\d+\.\d{3} s · client \d+ request \d+ try 0 · byrequests\n/);
    expect(text).toContain("<- elected");
    expect(text).toContain("the same request in the other variants");
  });
});
