import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { compareTrace, type Difference } from "../../src/drive/replay/compare-trace.ts";
import { readCase } from "../../src/drive/replay/recorded-case.ts";
import { RECORDED_CONDITIONS, type ReplayConditions, replayCase } from "../../src/drive/replay/replay-case.ts";
import type { Trace } from "../../src/drive/replay/trace.ts";

/**
 * Replays every recording of a family, as recorded and under conditions that must not matter. `phaseOfStart` names cases in
 * which the moment of the proxy's start decides in life too; their tests give the reason.
 * `folder` = where the cases lie, `own/…` for those that were recorded beside the project's material.
 */
export function replayRecordings(
  family: ProxyFamily,
  program: string,
  atLeast: number,
  phaseOfStart: readonly string[] = [],
  folder: string = family.name,
): void {
  const root = join(import.meta.dirname, folder);
  const cases = readdirSync(root);
  const difference = (name: string, conditions: ReplayConditions) => differenceOf(root, name, family, conditions);

  describe(`${program} as recorded`, () => {
    it("there are recordings to replay", () => {
      expect(cases.length).toBeGreaterThanOrEqual(atLeast);
    });

    it.each(cases)(`%s is decided as ${family.name} decided it`, (name) => {
      expect(difference(name, RECORDED_CONDITIONS)).toBeNull();
    });
  });

  describe(`recordings of ${program} under other conditions`, () => {
    it.each(CONDITIONS)("all come out the same %s", (_title, condition) => {
      const differing = cases.filter((name) => difference(name, condition) !== null);
      const expected = condition.startShiftUs === 0 ? [] : phaseOfStart;
      expect(differing.filter((name) => !expected.includes(name))).toEqual([]);
    });
  });
}

const CONDITIONS: readonly (readonly [string, ReplayConditions])[] = [
  ["with hops of 300 µs", { ...RECORDED_CONDITIONS, clientHopUs: 300, backendHopUs: 300 }],
  ["started 100 ms later", { ...RECORDED_CONDITIONS, startShiftUs: 100_000 }],
  ["started 100 ms earlier", { ...RECORDED_CONDITIONS, startShiftUs: -100_000 }],
  ...[100_000, 300_000, 500_000, 700_000, 900_000].map(
    (epochOffsetUs) =>
      [`with whole seconds shifted by ${epochOffsetUs / 1000} ms`, { ...RECORDED_CONDITIONS, epochOffsetUs }] as const,
  ),
];

function differenceOf(
  root: string,
  name: string,
  family: ProxyFamily,
  conditions: ReplayConditions,
): Difference | null {
  const folder = join(root, name);
  const script = readCase(readFileSync(join(folder, "case.json"), "utf8"), name);
  const recorded = JSON.parse(readFileSync(join(folder, "trace.json"), "utf8")) as Trace;
  const texts = {
    conf: readFileSync(join(folder, "proxy.conf"), "utf8"),
    requestBytes: recorded.requests.map(({ request_bytes }) => request_bytes),
  };
  const replayed = replayCase(script, texts, family, conditions);
  return compareTrace(recorded, replayed, {
    manager: script.compareManager,
    bytes: recorded.requests.every((request) => request.manager !== undefined || request.request_bytes !== undefined),
    timing: script.record.timing,
    toleranceMs: script.toleranceUs / 1000,
  });
}
