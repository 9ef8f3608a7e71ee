import { describe, expect, it } from "vitest";
import { preparePoints } from "../../../src/experiment/sweep/prepare-points.ts";
import { runSweep } from "../../../src/experiment/sweep/run-sweep.ts";
import { readAxis, type SweepAxis } from "../../../src/experiment/sweep/sweep-axis.ts";
import { fullFactorial } from "../../../src/experiment/sweep/sweep-design.ts";
import { experimentOf, HTTPD_CONF, hostWith, plainExecutor } from "../small-experiment.ts";

const { experiment, inlined } = experimentOf();
const host = hostWith({ "httpd.conf": HTTPD_CONF });

function axesOf(...texts: readonly string[]): readonly SweepAxis[] {
  return texts.map((text) => {
    const { axis } = readAxis(text, "--over", experiment);
    if (axis === null) throw new Error(text);
    return axis;
  });
}

function prepared(axes: readonly SweepAxis[]) {
  return preparePoints(inlined.input, axes, fullFactorial(axes), host, "--over");
}

const settings = { design: "full", replications: 2, only: [], version: "test", reproduce: "" } as const;

describe("a sweep", () => {
  it("has one row per point and variant, with the rate of each point", async () => {
    const axes = axesOf("load=2/s,8/s", "lbmethod=byrequests");
    const result = await runSweep(prepared(axes).points, plainExecutor(), { axes, ...settings });
    expect(result?.points.map(({ values }) => values)).toEqual([
      ["2/s", "byrequests"],
      ["8/s", "byrequests"],
    ]);
    expect(result?.axes[0]).toEqual({ key: "load", unit: "/s", isLogarithmic: false });
    const rates = result?.points.map(({ variants }) => variants[0]?.metrics.throughput?.mean ?? 0) ?? [];
    // Four requests per session: 8 and 32 a second, less what the crash costs.
    expect(rates[0]).toBeGreaterThan(5);
    expect(rates[0]).toBeLessThan(10);
    expect(rates[1]).toBeGreaterThan(24);
    expect(rates[1]).toBeLessThan(38);
  });

  it("gives the same whatever the order in which its tasks end", async () => {
    const axes = axesOf("load=2/s,8/s");
    const run = (executor: ReturnType<typeof plainExecutor>) =>
      runSweep(prepared(axes).points, executor, { axes, ...settings });
    const backwards = plainExecutor(Number.POSITIVE_INFINITY, (count) =>
      Array.from({ length: count }, (_, i) => count - 1 - i),
    );
    expect(JSON.stringify(await run(backwards))).toBe(JSON.stringify(await run(plainExecutor())));
  });

  it("that was stopped holds the points that were finished", async () => {
    const axes = axesOf("load=2/s,8/s");
    let calls = 0;
    const stopped = plainExecutor();
    const result = await runSweep(
      prepared(axes).points,
      {
        run: (tasks, onDone) =>
          ++calls > 1 ? Promise.resolve(tasks.map(() => undefined)) : stopped.run(tasks, onDone),
      },
      { axes, ...settings },
    );
    expect(result?.interrupted).toBe(true);
    expect(result?.points).toHaveLength(1);
  });

  it("refuses a value that can't be used before it runs, at its place in the option", () => {
    const axes = axesOf("load=2/s,fast");
    const { points, problems } = prepared(axes);
    expect(points).toEqual([]);
    expect(problems[0]).toMatchObject({
      optionText: "load=2/s,fast",
      problem: { code: "wrong-type", position: { file: "--over", column: 10, length: 4 } },
    });
  });

  it("refuses a key that does not exist, with the nearest one", () => {
    const axes = axesOf("clients.sessions.rat=2/s,8/s");
    expect(prepared(axes).problems[0]?.problem).toMatchObject({
      code: "unknown-key",
      hint: expect.stringContaining("rate"),
      position: { column: 1, length: 20 },
    });
    expect(prepared(axesOf("lbmethd=byrequests")).problems[0]?.problem.code).toBe("unknown-setting");
  });
});
