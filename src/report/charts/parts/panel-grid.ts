import type { Box } from "../chart.ts";
import type { Theme } from "../theme.ts";
import { TICK_ROOM } from "./line-panel.ts";

/** The narrowest panel in which ticks and a title can be read. */
const MIN_CELL_WIDTH = 270;
const TITLE_ROOM = 24;
const FOOT_ROOM = 24;

/** Plotting areas of small panels in rows, as many beside each other as are readable. */
export function panelGrid(
  width: number,
  count: number,
  height: number,
  theme: Theme,
): { readonly boxes: readonly Box[]; readonly height: number } {
  const columns = Math.max(1, Math.min(count, Math.floor(width / MIN_CELL_WIDTH)));
  const cellWidth = width / columns;
  const cellHeight = TITLE_ROOM + height + FOOT_ROOM;
  const boxes = Array.from({ length: count }, (_, index): Box => {
    return {
      left: (index % columns) * cellWidth + TICK_ROOM,
      top: Math.floor(index / columns) * cellHeight + TITLE_ROOM,
      width: cellWidth - TICK_ROOM - theme.space.wide,
      height,
    };
  });
  return { boxes, height: Math.ceil(count / columns) * cellHeight };
}
