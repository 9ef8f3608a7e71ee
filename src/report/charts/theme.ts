/**
 * The one look of all charts: type scale, spacing, colours, dashes and marker shapes.
 *
 * Colours are those of Okabe and Ito's palette (Color Universal Design, 2008) as far as they reach a contrast of 3:1 on
 * the background; on white that is blue, vermillion, green, purple and black, to which a darkened orange and a grey
 * are added. Charts name a colour by its CSS variable, so that one drawing serves the light, the dark and the printed page.
 */

/** A CSS variable with its value on a light and on a dark page. */
export interface ColourToken {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

export const COLOUR_TOKENS: readonly ColourToken[] = [
  { name: "surface", light: "#ffffff", dark: "#16181d" },
  { name: "raised", light: "#f5f6f8", dark: "#20242b" },
  { name: "ink", light: "#1b1f24", dark: "#e6e8eb" },
  { name: "muted", light: "#5b6470", dark: "#a4acb7" },
  { name: "rule", light: "#d5d9df", dark: "#3a404a" },
  { name: "fault", light: "#8a93a0", dark: "#6d7684" },
  { name: "accent", light: "#0072b2", dark: "#56b4e9" },
  { name: "good", light: "#00714f", dark: "#3fc79a" },
  { name: "bad", light: "#b34700", dark: "#ff9457" },
  { name: "series-1", light: "#0072b2", dark: "#56b4e9" },
  { name: "series-2", light: "#d55e00", dark: "#ee7b2a" },
  { name: "series-3", light: "#009e73", dark: "#1fbf92" },
  { name: "series-4", light: "#b85c94", dark: "#cc79a7" },
  { name: "series-5", light: "#1b1f24", dark: "#e6e8eb" },
  { name: "series-6", light: "#9a6500", dark: "#e69f00" },
  { name: "series-7", light: "#6c7480", dark: "#f0e442" },
];

export type MarkerShape = "circle" | "square" | "triangle" | "diamond" | "cross" | "down" | "plus";

/** How one variant looks in every chart: three channels, so that colour is never the only one. */
export interface SeriesStyle {
  readonly colour: string;
  /** SVG dash pattern, "none" for a solid line. */
  readonly dash: string;
  readonly marker: MarkerShape;
}

/** What a state of a member means, whatever word its family has for it. */
export type StateKind = "usable" | "failed" | "draining" | "off" | "full" | "standby" | "other";

export interface Theme {
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly fault: string;
  readonly good: string;
  readonly bad: string;
  readonly series: readonly SeriesStyle[];
  readonly states: Readonly<Record<StateKind, { readonly colour: string; readonly pattern: string | null }>>;
  /** Sizes of text in pixels. */
  readonly text: { readonly small: number; readonly label: number; readonly title: number };
  /** Steps of space in pixels. */
  readonly space: { readonly tight: number; readonly normal: number; readonly wide: number };
}

const colour = (name: string): string => `var(--${name})`;

const DASHES = ["none", "8 3", "2 3", "10 3 2 3", "5 2", "12 4", "4 4"];
const MARKERS: readonly MarkerShape[] = ["circle", "square", "triangle", "diamond", "cross", "down", "plus"];

export const PAGE_THEME: Theme = {
  surface: colour("surface"),
  ink: colour("ink"),
  muted: colour("muted"),
  rule: colour("rule"),
  fault: colour("fault"),
  good: colour("good"),
  bad: colour("bad"),
  series: MARKERS.map((marker, index) => ({
    colour: colour(`series-${index + 1}`),
    dash: DASHES[index] ?? "none",
    marker,
  })),
  states: {
    usable: { colour: colour("series-3"), pattern: null },
    failed: { colour: colour("series-2"), pattern: "hatch" },
    draining: { colour: colour("series-6"), pattern: "lines" },
    off: { colour: colour("series-7"), pattern: "lines" },
    full: { colour: colour("series-4"), pattern: "dots" },
    standby: { colour: colour("series-1"), pattern: "dots" },
    other: { colour: colour("muted"), pattern: null },
  },
  text: { small: 11, label: 12, title: 13 },
  space: { tight: 4, normal: 8, wide: 16 },
};

/** More variants than this in one chart can't be told apart: then every variant gets a panel of its own. */
export const MAX_SERIES = 7;
