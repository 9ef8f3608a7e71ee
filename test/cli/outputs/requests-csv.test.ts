import { describe, expect, it } from "vitest";
import { HereExecutor } from "../../../src/cli/host/here-executor.ts";
import { requestsCsv, rowsAreTruncated } from "../../../src/cli/outputs/requests-csv.ts";
import { runExperiment } from "../../../src/experiment/run-experiment.ts";
import { experimentOf } from "../../experiment/small-experiment.ts";

const { experiment, inlined } = experimentOf();
const outcome = await runExperiment(experiment, inlined, new HereExecutor(), {
  firstReplication: 4,
  replications: 2,
  only: [],
  keepRows: true,
  version: "test",
  reproduce: "",
});
if (outcome === null) throw new Error("nobody stopped it");
const classes = experiment.resolved.world.clients.classes.map(({ name }) => name);
const lines = new TextDecoder().decode(requestsCsv(outcome, { replication: 4, classes })).split("\n");
const rows = lines.slice(1, -1).map((line) => line.split(","));

describe("requestsCsv", () => {
  it("holds every finished try of every variant once, numbered by their starts", () => {
    for (const [v, { name }] of outcome.result.variants.entries()) {
      const own = rows.filter(([variant]) => variant === name);
      expect(own).toHaveLength(outcome.replications[v]?.[0]?.rows?.client.length ?? -1);
      const byStart = own.map((row) => [Number(row[2]), Number(row[8])]).sort(([a = 0], [b = 0]) => a - b);
      expect(new Set(byStart.map(([request]) => request)).size).toBe(own.length);
      for (const [i, [, startUs = 0]] of byStart.entries())
        expect(startUs).toBeGreaterThanOrEqual(byStart[i - 1]?.[1] ?? 0);
    }
  });

  it("names the replication that was kept and the members by their routes, one per attempt", () => {
    expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(["4"]));
    const paths = rows.map((row) => [Number(row[10]), row[11] ?? ""] as const);
    for (const [attempts, path] of paths) expect(path === "" ? 0 : path.split(" ").length).toBe(attempts);
    expect(new Set(paths.flatMap(([, path]) => path.split(" ")))).toEqual(new Set(["node1", "node2"]));
    expect(paths.some(([attempts]) => attempts === 2)).toBe(true);
  });

  it("says when it is not all", () => {
    expect(rowsAreTruncated(outcome)).toBe(false);
    const [first] = outcome.replications;
    const rowsCut = first?.[0]?.rows;
    if (!rowsCut) throw new Error("rows were kept");
    const cut = { ...outcome, replications: [[{ ...first[0], rows: { ...rowsCut, truncated: true } }]] };
    expect(rowsAreTruncated(cut as unknown as typeof outcome)).toBe(true);
  });
});
