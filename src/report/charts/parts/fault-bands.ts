import type { FaultBand } from "../../../experiment/result.ts";
import { element, type MarkupElement } from "../../markup.ts";
import type { Box, Frame } from "../chart.ts";
import type { Theme } from "../theme.ts";
import type { Scale } from "./axis.ts";
import { textureFill } from "./patterns.ts";

/** Faults shorter than this on paper are still drawn this wide. */
const THINNEST_BAND = 2;

/** Hatched bands behind a panel, one for each fault. */
export function faultBands(
  faults: readonly FaultBand[],
  x: Scale,
  box: Box,
  frame: Frame,
  theme: Theme,
): readonly MarkupElement[] {
  return faults.map((fault) => {
    const left = x(fault.fromUs);
    const width = Math.max(THINNEST_BAND, x(fault.toUs) - left);
    return element(
      "g",
      {},
      element("rect", { x: left, y: box.top, width, height: box.height, fill: textureFill(frame, "fault") }),
      element("line", { x1: left, x2: left, y1: box.top, y2: box.top + box.height, stroke: theme.fault }),
    );
  });
}
