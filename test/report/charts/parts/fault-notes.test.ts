import { describe, expect, it } from "vitest";
import type { FaultBand, VariantResult } from "../../../../src/experiment/result.ts";
import { detectionOf, drawFaultNotes, faultNotes } from "../../../../src/report/charts/parts/fault-notes.ts";
import { textWidth } from "../../../../src/report/charts/parts/label.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { fixtureResult } from "../../fixture.ts";
import { elementsOf, numberOf } from "../drawing.ts";

describe("notes at faults", () => {
  it("stand at the fault, at its detection and at the return, with the distances in words", () => {
    // The fixture detects after 0.38 s and takes the member back 38 s after the end at 180 s.
    const result = fixtureResult({ variants: 1 });
    expect(faultNotes(result, result.variants[0] as VariantResult)).toEqual([
      { atUs: 60_000_000, text: "crash node2" },
      { atUs: 60_380_000, text: "detection 380 ms" },
      { atUs: 218_000_000, text: "recovery 38 s" },
    ]);
  });

  it("say nothing of a detection that did not happen", () => {
    const result = fixtureResult({ variants: 1, silent: true });
    const notes = faultNotes(result, result.variants[0] as VariantResult);
    expect(notes.map(({ text }) => text)).toEqual(["crash node2"]);
  });

  it("do not cover each other", () => {
    const notes = Array.from({ length: 9 }, (_, index) => ({ atUs: index * 20, text: `note number ${index}` }));
    const { drawn } = drawFaultNotes(notes, (us) => us, { left: 0, right: 260, top: 0 }, PAGE_THEME);
    const boxes = elementsOf(drawn, "text").map((text) => ({
      left: numberOf(text, "x"),
      right: numberOf(text, "x") + textWidth(text.children.join(""), PAGE_THEME.text.small),
      y: numberOf(text, "y"),
    }));
    expect(boxes.length).toBeGreaterThan(3);
    for (const [index, box] of boxes.entries()) {
      expect(box.right).toBeLessThanOrEqual(260);
      for (const other of boxes.slice(index + 1)) {
        expect(other.y !== box.y || other.left > box.right || box.left > other.right).toBe(true);
      }
    }
  });
});

describe("the detection of a fault", () => {
  it("is that of the member which saw it first", () => {
    const result = fixtureResult({ variants: 1 });
    const [variant] = result.variants as [VariantResult];
    const fault = result.faults[0] as FaultBand;
    const seen = (detectedUs: number | null) => [{ fault: fault.id, detectedUs, recoveredUs: null }];
    const members = [null, 900, 200].map((detectedUs) => ({
      ...variant.members[1],
      detections: seen(detectedUs),
    })) as VariantResult["members"];
    expect(detectionOf({ ...variant, members }, fault)?.detectedUs).toBe(200);
    expect(detectionOf({ ...variant, members: [] }, fault)).toBeUndefined();
  });
});
