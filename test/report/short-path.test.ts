import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinate } from "../../src/report/markup.ts";
import { pathCorners, shortPath, shortSteps } from "../../src/report/short-path.ts";

const tenths = fc.integer({ min: -9999, max: 9999 }).map((value) => value / 10);
const corners = fc.array(fc.tuple(tenths, tenths), { minLength: 1, maxLength: 30 });
const absolute = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map((point) => point.map(coordinate).join(",")).join("L")}`;
/** Without negative zeros. */
const plain = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => [x + 0, y + 0]);

describe("a short path", () => {
  it("has the corners of the long one", () => {
    fc.assert(
      fc.property(fc.array(corners, { minLength: 1, maxLength: 3 }), (lines) => {
        expect(plain(pathCorners(shortPath(lines.map(absolute).join("")), false))).toEqual(plain(lines.flat()));
      }),
    );
  });

  it("goes from corner to corner with no more than it needs", () => {
    expect(shortPath("M57.2,161.4L59.7,161.8L62.2,161.3L62,160")).toBe("M57.2 161.4l2.5.4 2.5-.5-.2-1.3");
    expect(shortPath("M56,108H952M56,80H952")).toBe("M56 108h896m-896-28h896");
    expect(shortPath("M8,9m0,-6l6,10h-12z")).toBe("M8,9m0,-6l6,10h-12z");
    expect(shortPath("M1,1L3,2L2,4ZM0,0V7")).toBe("M1 1l2 1-1 2zm-1-1v7");
  });
});

describe("a path of steps", () => {
  const values = fc.array(tenths, { minLength: 1, maxLength: 30 });

  it("has the values of the long one, also where they hold on", () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 3 }), (lines) => {
        const points = lines.map((line, l) => line.map((y, i) => [l * 100 + i * 3, y] as const));
        const long = points.map((line) =>
          absolute(line.flatMap((point, i) => (i === 0 ? [point] : [[point[0], (line[i - 1] ?? point)[1]], point]))),
        );
        expect(plain(pathCorners(shortSteps(long.join("")), true))).toEqual(plain(points.flat()));
      }),
    );
  });

  it("says nothing of a value that holds on", () => {
    expect(shortSteps("M56,24L65,24L65,24L73.9,24L73.9,30.5L80,30.5L80,24")).toBe("M56 24h9h8.9v6.5h6.1v-6.5");
  });
});
