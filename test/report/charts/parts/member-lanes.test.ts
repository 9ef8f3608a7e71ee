import { describe, expect, it } from "vitest";
import type { VariantResult } from "../../../../src/experiment/result.ts";
import { drawLanes, laneName } from "../../../../src/report/charts/parts/member-lanes.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { fixtureResult } from "../../fixture.ts";
import { elementsOf, numberOf } from "../drawing.ts";

const RESULT = fixtureResult({ variants: 1 });
const [VARIANT] = RESULT.variants as [VariantResult];

describe("the lanes of members", () => {
  const box = { left: 100, top: 0, width: 300, height: 66 };
  const lanes = drawLanes(RESULT, VARIANT, (us) => 100 + us / 1_000_000, box, { width: 400, id: "t" }, PAGE_THEME);

  it("are filled from end to end by the states, without a gap", () => {
    const states = elementsOf(lanes[1] ?? null, "rect").filter((rect) => rect.attributes.stroke !== undefined);
    // node2: Ok until 60.38 s, Err until 218 s, Ok until 300 s.
    expect(states.map((state) => numberOf(state, "x"))).toEqual([100, 160.38, 318]);
    expect(states.reduce((sum, state) => sum + numberOf(state, "width"), 0)).toBeCloseTo(300, 9);
  });

  it("have a texture where a member is not usable", () => {
    const textures = lanes.map((lane) =>
      elementsOf(lane, "rect").filter((rect) => rect.attributes.fill === "url(#t-hatch)"),
    );
    expect(textures.map((list) => list.length)).toEqual([0, 1, 0]);
  });
});

describe("the name of a lane", () => {
  const [member] = VARIANT.members;
  if (member === undefined) throw new Error("the fixture has members");

  it("is the alias, else the address", () => {
    expect(laneName(member, VARIANT)).toBe("node1");
    expect(laneName({ ...member, alias: null }, VARIANT)).toBe("http://10.0.0.1:8080");
  });

  it("tells groups apart where there are several", () => {
    const other = { ...member, group: "balancer://other" };
    expect(laneName(member, { ...VARIANT, members: [member, other] })).toBe("node1 balancer://shop");
  });
});
