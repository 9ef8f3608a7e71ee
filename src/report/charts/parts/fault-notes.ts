import type { FaultBand, RunResult, VariantResult } from "../../../experiment/result.ts";
import { element, type MarkupElement } from "../../markup.ts";
import { formatDuration } from "../../number-format.ts";
import type { Theme } from "../theme.ts";
import type { Scale } from "./axis.ts";
import { fitText, label, textWidth } from "./label.ts";

/** A note above the lanes with a line down to the moment it speaks of. */
export interface FaultNote {
  readonly atUs: number;
  readonly text: string;
}

const ROW_HEIGHT = 16;
/** More rows than this would be a wall of notes; what is left out stands in the table. */
const MAX_ROWS = 5;
const SIDE_SPACE = 12;
/** How far a line reaches below the last row. */
const LINE_END = 4;

/** What happened at and after each fault: its name, how long it took to be detected, how long to come back. */
export function faultNotes(result: RunResult, variant: VariantResult): readonly FaultNote[] {
  return result.faults.flatMap((fault) => {
    const backend = result.backends[fault.backend] ?? "";
    const notes: FaultNote[] = [{ atUs: fault.fromUs, text: `${fault.kind} ${backend}` }];
    const found = detectionOf(variant, fault);
    if (found?.detectedUs != null) {
      notes.push({ atUs: fault.fromUs + found.detectedUs, text: `detection ${formatDuration(found.detectedUs)}` });
    }
    if (found?.recoveredUs != null) {
      notes.push({ atUs: fault.toUs + found.recoveredUs, text: `recovery ${formatDuration(found.recoveredUs)}` });
    }
    return notes;
  });
}

/** The detection of a fault by the member that saw it first; several members may share a backend. */
export function detectionOf(variant: VariantResult, fault: FaultBand) {
  const all = variant.members
    .filter((member) => member.backend === fault.backend)
    .flatMap((member) => member.detections.filter((detection) => detection.fault === fault.id));
  return all.reduce<(typeof all)[number] | undefined>(
    (first, one) => ((one.detectedUs ?? Infinity) < (first?.detectedUs ?? Infinity) ? one : first),
    all[0],
  );
}

/** Places the notes in rows so that none covers another, and draws a line from each down to what is below the rows. */
export function drawFaultNotes(
  notes: readonly FaultNote[],
  x: Scale,
  room: { readonly left: number; readonly right: number; readonly top: number },
  theme: Theme,
): { readonly drawn: MarkupElement; readonly height: number } {
  const taken: number[] = [];
  const size = theme.text.small;
  const placed = [...notes]
    .sort((a, b) => a.atUs - b.atUs)
    .flatMap((note) => {
      const text = fitText(note.text, size, room.right - room.left);
      const at = x(note.atUs);
      const width = textWidth(text, size);
      // Right of its line, or left of it where the plot ends.
      const left = Math.max(0, at + 4 + width <= room.right ? at + 4 : at - 4 - width);
      const free = taken.findIndex((end) => end + SIDE_SPACE <= Math.min(left, at));
      const row = free < 0 ? taken.length : free;
      if (row >= MAX_ROWS) return [];
      taken[row] = Math.max(at, left + width);
      return [{ text, at, left, row }];
    });
  const rows = taken.length;
  const height = rows * ROW_HEIGHT;
  const bottom = room.top + height + LINE_END;
  const lines = placed.map(({ at, row }) =>
    element("line", { x1: at, x2: at, y1: room.top + row * ROW_HEIGHT + 2, y2: bottom, stroke: theme.muted }),
  );
  // Texts come last and have a rim of the background, so that a line of another note passes behind them.
  const texts = placed.map(({ text, left, row }) =>
    label(left, room.top + row * ROW_HEIGHT + 11, text, theme, { size }),
  );
  const rim = { stroke: theme.surface, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" };
  return { drawn: element("g", {}, ...lines, element("g", rim, ...texts)), height };
}
