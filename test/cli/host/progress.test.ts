import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeOutput } from "../../../src/cli/host/output.ts";
import { Progress } from "../../../src/cli/host/progress.ts";

let written = "";
const output = () =>
  makeOutput(
    {
      out: () => {},
      err: (text) => {
        written = text;
      },
      outIsTerminal: true,
      errIsTerminal: true,
      columns: 80,
      env: {},
    },
    { color: false, quiet: false, json: false },
  );

beforeEach(() => {
  written = "";
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("the progress line", () => {
  it("estimates what is left by what was done", () => {
    const progress = new Progress(output());
    vi.advanceTimersByTime(10_000);
    progress.update(5, 20);
    // Five took 10 s, fifteen are left.
    expect(written).toContain("5 of 20 replications · 30 s left");
  });

  it("does not count what a journal gave as quickly done", () => {
    const progress = new Progress(output());
    for (let done = 1; done <= 10; done++) progress.update(done, 20);
    vi.advanceTimersByTime(4_000);
    progress.update(12, 20);
    // Two took 4 s, eight are left.
    expect(written).toContain("12 of 20 replications · 16 s left");
  });

  it("leaves an empty line behind", () => {
    const progress = new Progress(output());
    progress.update(1, 2);
    progress.end();
    expect(written).toBe("\r\u001b[2K");
  });
});
