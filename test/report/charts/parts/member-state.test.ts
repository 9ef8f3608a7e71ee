import { describe, expect, it } from "vitest";
import { stateKind, stateLetter } from "../../../../src/report/charts/parts/member-state.ts";

describe("a word of a status page", () => {
  it.each([
    ["Init Ok", "usable"],
    ["Init Err", "failed"],
    ["Init HcFl", "failed"],
    ["Init Drn Ok", "draining"],
    ["Init Dis", "off"],
    ["Init Stop", "off"],
    ["Init Stby Ok", "standby"],
    ["Init Spar Ok", "standby"],
    ["UP", "usable"],
    ["DOWN 1/2", "failed"],
    ["MAINT", "off"],
    ["MAINT (via web/s1)", "off"],
    ["UP 1/3", "usable"],
    ["no check", "usable"],
    ["DRAIN", "draining"],
    ["NOLB", "draining"],
    ["up", "usable"],
    ["down", "off"],
    ["unavail", "failed"],
    ["draining", "draining"],
    ["full", "full"],
    ["healthy", "usable"],
    ["unhealthy", "failed"],
    ["whatever", "other"],
  ])("%s means %s", (word, kind) => {
    expect(stateKind(word)).toBe(kind);
  });

  it("counts as failed when several words say several things", () => {
    expect(stateKind("Init Drn Err")).toBe("failed");
  });

  it("has the letter of its last part", () => {
    expect(stateLetter("Init Err")).toBe("E");
    expect(stateLetter("up")).toBe("U");
    expect(stateLetter("DOWN 1/2")).toBe("D");
    expect(stateLetter("")).toBe("");
  });
});
