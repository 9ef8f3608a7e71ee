import { expect, it } from "vitest";
import { faultBands } from "../../../../src/report/charts/parts/fault-bands.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { elementsOf, numberOf } from "../drawing.ts";

const BOX = { left: 0, top: 10, width: 100, height: 40 };
const fault = (fromUs: number, toUs: number) => ({ id: "f", kind: "crash", backend: 0, fromUs, toUs });

it("a band spans its fault and the height of the panel, and a short fault is still seen", () => {
  const bands = faultBands([fault(10, 30), fault(50, 50)], (us) => us, BOX, { width: 100, id: "t" }, PAGE_THEME);
  const [long, short] = bands.map((band) => elementsOf(band, "rect")[0]);
  expect([numberOf(long, "x"), numberOf(long, "width")]).toEqual([10, 20]);
  expect([numberOf(long, "y"), numberOf(long, "height")]).toEqual([10, 40]);
  expect(numberOf(short, "width")).toBe(2);
  expect(long?.attributes.fill).toBe("url(#t-fault)");
});
