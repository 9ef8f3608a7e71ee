import type { Estimate, MemberResult, RunResult, VariantResult } from "../../experiment/result.ts";
import { element, type MarkupElement } from "../markup.ts";
import { formatEstimate, formatNumber, formatShare, NO_SAMPLE } from "../number-format.ts";
import { type Box, type Chart, chartSvg, type Frame } from "./chart.ts";
import { fitBold, fitTexts, label, textWidth } from "./parts/label.ts";
import { MOST_ROWS, mostTelling, notDrawn } from "./parts/most-telling.ts";
import { textureDefinitions } from "./parts/patterns.ts";
import type { SeriesStyle, Theme } from "./theme.ts";

/** What a share is a share of: this one switch teaches byrequests, bytraffic and bybusyness. */
export type ShareMeasure = "requests" | "bytes" | "busy";

export const SHARE_MEASURES: readonly ShareMeasure[] = ["requests", "bytes", "busy"];

/** How each measure is called in a sentence. */
export const SHARE_NAMES: Readonly<Record<ShareMeasure, string>> = {
  requests: "requests",
  bytes: "bytes",
  busy: "busy time",
};

const MIN_PANEL_WIDTH = 270;
const TITLE_HEIGHT = 24;
const ROW_HEIGHT = 24;
const BAR_HEIGHT = 13;
const VALUE_ROOM = 50;
const KEY_HEIGHT = 26;
const WIDEST_NAME = 110;

/** For each member a bar of its share with its interval, and a mark at the share that its loadfactor entitles it to. */
export function shareVsLoadfactor(result: RunResult, measure: ShareMeasure, frame: Frame, theme: Theme): Chart {
  const words = { title: `Share of ${SHARE_NAMES[measure]} by member`, finding: largestError(result, measure) };
  const columns = Math.max(1, Math.min(result.variants.length, Math.floor(frame.width / MIN_PANEL_WIDTH)));
  const gap = theme.space.wide;
  const width = (frame.width - gap * (columns - 1)) / columns;
  const rows = Math.max(1, ...result.variants.map(({ members }) => Math.min(members.length, MOST_ROWS + 1)));
  const height = TITLE_HEIGHT + rows * ROW_HEIGHT + theme.space.wide;
  const shares = result.variants.flatMap(({ members }) =>
    members.flatMap((member) => [upperEnd(shareOf(member, measure)), member.entitlement.mean ?? 0]),
  );
  const largest = shares.reduce((most, share) => Math.max(most, share), 0) || 1;
  let row = 0;
  const panels = result.variants.map((variant, index) => {
    const box = {
      left: (index % columns) * (width + gap),
      top: KEY_HEIGHT + Math.floor(index / columns) * height,
      width,
      height,
    };
    const panel = drawPanel(variant, measure, { largest, firstRow: row }, box, theme);
    row += variant.members.length;
    return panel;
  });
  const total = KEY_HEIGHT + Math.ceil(result.variants.length / columns) * height;
  return {
    ...words,
    svg: chartSvg(frame, total, words, theme, textureDefinitions(frame, theme), drawKey(theme), ...panels),
    tables: [shareTable(result, measure)],
  };
}

function shareOf(member: MemberResult, measure: ShareMeasure): Estimate {
  return { requests: member.shareRequests, bytes: member.shareBytes, busy: member.shareBusy }[measure];
}

function upperEnd(estimate: Estimate): number {
  return (estimate.mean ?? 0) + (estimate.halfWidth ?? 0);
}

function memberName(member: MemberResult, variant: VariantResult): string {
  const severalGroups = variant.members.some(({ group }) => group !== member.group);
  const name = member.alias ?? member.name;
  return severalGroups ? `${name} in ${member.group}` : name;
}

function drawPanel(
  variant: VariantResult,
  measure: ShareMeasure,
  { largest, firstRow }: { readonly largest: number; readonly firstRow: number },
  box: Box,
  theme: Theme,
): MarkupElement {
  const members = mostTelling(variant.members, MOST_ROWS, (member) => errorOf(member, measure)).map(
    (index) => [index, variant.members[index] as MemberResult] as const,
  );
  const names = members.map(([, member]) => memberName(member, variant));
  const nameWidth =
    Math.min(WIDEST_NAME, Math.max(0, ...names.map((name) => textWidth(name, theme.text.label)))) + theme.space.normal;
  const fitted = fitTexts(names, theme.text.label, nameWidth - theme.space.normal);
  const left = box.left + nameWidth;
  const scale = (box.width - nameWidth - VALUE_ROOM) / largest;
  return element(
    "g",
    {},
    label(box.left, box.top + 14, fitBold(variant.name, theme.text.label, box.width), theme, { bold: true }),
    ...members.map(([index, member], row) => {
      const top = box.top + TITLE_HEIGHT + row * ROW_HEIGHT;
      const place = { left, top, scale, right: box.left + box.width, row: firstRow + index };
      return element(
        "g",
        {},
        label(box.left, top + 11, fitted[row] ?? "", theme),
        drawShare(member, measure, place, theme),
      );
    }),
    element("line", {
      x1: left,
      x2: left,
      y1: box.top + TITLE_HEIGHT - 4,
      y2: box.top + TITLE_HEIGHT + members.length * ROW_HEIGHT - 7,
      stroke: theme.muted,
    }),
    restLabel(variant, box, theme),
  );
}

/** How far a member is from its due. */
function errorOf(member: MemberResult, measure: ShareMeasure): number {
  const { mean } = shareOf(member, measure);
  return mean === null ? 0 : Math.abs(mean - (member.entitlement.mean ?? mean));
}

function restLabel({ members }: VariantResult, box: Box, theme: Theme): MarkupElement | null {
  const text = notDrawn(members, "the furthest from their due");
  const y = box.top + TITLE_HEIGHT + MOST_ROWS * ROW_HEIGHT + 11;
  return text === "" ? null : label(box.left, y, text, theme, { size: theme.text.small, colour: theme.muted });
}

interface SharePlace {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  readonly right: number;
  readonly row: number;
}

function drawShare(member: MemberResult, measure: ShareMeasure, place: SharePlace, theme: Theme): MarkupElement {
  const { left, top, scale } = place;
  const { mean, halfWidth } = shareOf(member, measure);
  const middle = top + BAR_HEIGHT / 2;
  const entitled = member.entitlement.mean;
  const { colour } = theme.series[0] as SeriesStyle;
  return element(
    "g",
    {},
    mean === null
      ? null
      : element("rect", {
          x: left,
          y: top,
          width: mean * scale,
          height: BAR_HEIGHT,
          class: "filled",
          fill: colour,
          "fill-opacity": "0.6",
          "data-row": String(place.row),
          "data-column": "3",
        }),
    mean === null || halfWidth === null
      ? null
      : // A share below nothing does not exist, and would cross the member's name.
        whisker(left + Math.max(0, mean - halfWidth) * scale, left + (mean + halfWidth) * scale, middle, theme),
    entitled === null ? null : entitlementMark(left + entitled * scale, top, theme),
    label(place.right, top + 11, mean === null ? NO_SAMPLE : formatShare(mean), theme, {
      anchor: "end",
      size: theme.text.small,
      colour: theme.muted,
    }),
  );
}

function whisker(from: number, to: number, y: number, theme: Theme): MarkupElement {
  const stroke = { stroke: theme.ink, "stroke-width": 1.2 };
  return element(
    "g",
    {},
    element("line", { x1: from, x2: to, y1: y, y2: y, ...stroke }),
    ...[from, to].map((x) => element("line", { x1: x, x2: x, y1: y - 3, y2: y + 3, ...stroke })),
  );
}

function entitlementMark(x: number, top: number, theme: Theme): MarkupElement {
  return element("line", {
    x1: x,
    x2: x,
    y1: top - 3,
    y2: top + BAR_HEIGHT + 3,
    stroke: (theme.series[1] as SeriesStyle).colour,
    "stroke-width": 3,
  });
}

function drawKey(theme: Theme): MarkupElement {
  const { colour } = theme.series[0] as SeriesStyle;
  const measured = "measured, with interval";
  const second = 28 + textWidth(measured, theme.text.label) + theme.space.wide;
  return element(
    "g",
    {},
    element("rect", {
      x: 0,
      y: 2,
      width: 22,
      height: BAR_HEIGHT,
      class: "filled",
      fill: colour,
      "fill-opacity": "0.6",
    }),
    whisker(13, 22, 2 + BAR_HEIGHT / 2, theme),
    label(28, 13, measured, theme),
    entitlementMark(second, 2, theme),
    label(second + 8, 13, "entitled by weight", theme),
  );
}

function shareTable(result: RunResult, measure: ShareMeasure) {
  const percent = (estimate: Estimate) =>
    formatEstimate(
      estimate.mean === null ? null : estimate.mean * 100,
      estimate.halfWidth === null ? null : estimate.halfWidth * 100,
    );
  return {
    caption: `Share of ${SHARE_NAMES[measure]} by member`,
    columns: ["member", "weight", "entitled (%)", `share of ${SHARE_NAMES[measure]} (%)`],
    rows: result.variants.flatMap((variant) =>
      variant.members.map((member) => [
        `${memberName(member, variant)}, ${variant.name}`,
        formatNumber(member.weight),
        percent(member.entitlement),
        percent(shareOf(member, measure)),
      ]),
    ),
  };
}

function largestError(result: RunResult, measure: ShareMeasure): string {
  let worst: { readonly text: string; readonly error: number } | null = null;
  for (const variant of result.variants) {
    for (const member of variant.members) {
      const share = shareOf(member, measure).mean;
      const entitled = member.entitlement.mean;
      if (share === null || entitled === null) continue;
      const error = Math.abs(share - entitled);
      if (worst !== null && error <= worst.error) continue;
      const name = memberName(member, variant);
      if (formatShare(share) === formatShare(entitled)) continue;
      const text = `${name} under ${variant.name} got ${formatShare(share)} of the ${SHARE_NAMES[measure]}; its weight entitles it to ${formatShare(entitled)}`;
      worst = { text, error };
    }
  }
  if (worst !== null) return `Furthest from its entitlement: ${worst.text}.`;
  const any = result.variants.some(({ members }) => members.some((member) => shareOf(member, measure).mean !== null));
  return any ? "Every member got what its weight entitles it to." : "No member got a request.";
}
