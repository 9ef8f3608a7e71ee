import type { MemberResult, RunResult, VariantResult } from "../../../experiment/result.ts";
import { element, type MarkupElement } from "../../markup.ts";
import type { Box, Frame } from "../chart.ts";
import type { Theme } from "../theme.ts";
import type { Scale } from "./axis.ts";
import { fitTexts, label, textWidth } from "./label.ts";
import { stateKind, stateLetter } from "./member-state.ts";
import { MOST_ROWS, mostTelling, notDrawn } from "./most-telling.ts";
import { textureFill } from "./patterns.ts";

/** Height of a lane with the space below it. */
const LANE_PITCH = 22;
const LANE_HEIGHT = 17;

/** One lane for each member: its state over time by colour, texture and word. */
export function drawLanes(
  result: RunResult,
  variant: VariantResult,
  x: Scale,
  box: Box,
  frame: Frame,
  theme: Theme,
): readonly MarkupElement[] {
  const members = lanesOf(variant);
  const names = members.map((member) => laneName(member, variant));
  const fitted = fitTexts(names, theme.text.label, box.left - 8);
  const rest = notDrawn(variant.members, "those whose state changed most");
  const last = label(box.left, box.top + members.length * LANE_PITCH + 12, rest, theme, {
    size: theme.text.small,
    colour: theme.muted,
  });
  const lanes = members.map((member, index) => {
    const top = box.top + index * LANE_PITCH;
    return element(
      "g",
      {},
      label(box.left - 8, top + 12, fitted[index] ?? "", theme, {
        anchor: "end",
      }),
      ...member.states.map(({ fromUs, toUs, state }) => {
        const left = x(Math.max(0, fromUs));
        return drawState(state, { left, width: x(toUs) - left, top, height: LANE_HEIGHT }, frame, theme);
      }),
      ...result.faults
        .filter((fault) => fault.backend === member.backend)
        .map((fault) => {
          const left = x(fault.fromUs);
          const width = Math.max(2, x(fault.toUs) - left);
          // The fault itself, underlined in the lane of the member that it hit.
          return element("rect", { x: left, y: top + LANE_HEIGHT - 1, width, height: 3, fill: theme.ink });
        }),
    );
  });
  return rest === "" ? lanes : [...lanes, last];
}

/** Members that get a lane. */
function lanesOf({ members }: VariantResult): readonly MemberResult[] {
  return mostTelling(members, MOST_ROWS, ({ states }) => states.length).map((index) => members[index] as MemberResult);
}

/** Height of the lanes, with the line below them that says what is not drawn. */
export function lanesHeight({ members }: VariantResult): number {
  return Math.min(members.length, MOST_ROWS + 1) * LANE_PITCH;
}

/** Alias or address; with its group when the proxy has several. */
export function laneName(member: MemberResult, variant: VariantResult): string {
  const severalGroups = variant.members.some(({ group }) => group !== member.group);
  const name = member.alias ?? member.name;
  return severalGroups ? `${name} ${member.group}` : name;
}

function drawState(state: string, lane: Box, frame: Frame, theme: Theme): MarkupElement | null {
  if (lane.width <= 0) return null;
  const { colour, pattern } = theme.states[stateKind(state)];
  const place = { x: lane.left, y: lane.top, width: lane.width, height: lane.height };
  const size = theme.text.small;
  const text = [state, stateLetter(state)].find((candidate) => textWidth(candidate, size) + 10 <= lane.width);
  const width = text === undefined ? 0 : textWidth(text, size) + 6;
  const centre = lane.left + lane.width / 2;
  return element(
    "g",
    {},
    element("rect", { ...place, fill: theme.surface }),
    element("rect", { ...place, fill: colour, "fill-opacity": "0.3", stroke: colour }),
    pattern === null ? null : element("rect", { ...place, fill: textureFill(frame, pattern) }),
    // A clean ground keeps the word readable on the texture.
    text === undefined || pattern === null
      ? null
      : element("rect", {
          x: centre - width / 2,
          y: lane.top + 2,
          width,
          height: lane.height - 4,
          fill: theme.surface,
        }),
    text === undefined ? null : label(centre, lane.top + 12.5, text, theme, { anchor: "middle", size }),
  );
}
