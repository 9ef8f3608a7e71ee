import { describe, expect, it } from "vitest";
import {
  isOrdinaryStatus,
  isUsableStatus,
  stateWord,
  statusOfLetters,
  statusText,
} from "../../../src/proxies/apache/worker-status.ts";

describe("the status of a member", () => {
  it("prints the words of the manager in their order and Ok when usable", () => {
    expect(statusText(statusOfLetters(""))).toBe("Init Ok");
    expect(statusText(statusOfLetters("D"))).toBe("Init Dis");
    expect(statusText(statusOfLetters("ed"))).toBe("Init Dis Err");
    expect(statusText(statusOfLetters("CRHNI"))).toBe("Init Ign Drn Stby Spar HcFl");
    expect(stateWord(statusOfLetters("N"))).toBe("Drn Ok");
  });

  it("is usable unless shut down, disabled, stopped, in error or failed by a check", () => {
    for (const letter of "UDSEC") expect(isUsableStatus(statusOfLetters(letter)), letter).toBe(false);
    for (const letter of "INHRG") expect(isUsableStatus(statusOfLetters(letter)), letter).toBe(true);
    expect(isUsableStatus(0)).toBe(false);
  });

  it("is ordinary when it is usable and neither draining nor a spare nor a standby", () => {
    expect(isOrdinaryStatus(statusOfLetters("I"))).toBe(true);
    for (const letter of "NHRD") expect(isOrdinaryStatus(statusOfLetters(letter)), letter).toBe(false);
  });
});
