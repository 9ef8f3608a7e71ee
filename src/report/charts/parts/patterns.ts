import { element, type MarkupElement } from "../../markup.ts";
import type { Frame } from "../chart.ts";
import type { Theme } from "../theme.ts";

/** The textures that say the same as a colour, for eyes and printers without colours. */
type Texture = "hatch" | "lines" | "dots" | "back" | "columns" | "fault";

/** Definitions of all textures of one chart. */
export function textureDefinitions(frame: Frame, theme: Theme): MarkupElement {
  const tile = (name: Texture, size: number, turn: number, ...marks: readonly MarkupElement[]) =>
    element(
      "pattern",
      {
        id: textureId(frame, name),
        width: size,
        height: size,
        patternUnits: "userSpaceOnUse",
        patternTransform: turn === 0 ? undefined : `rotate(${turn})`,
      },
      ...marks,
    );
  const stroke = (colour: string, opacity: number, size: number) =>
    element("line", {
      x1: 0,
      x2: 0,
      y1: 0,
      y2: size,
      stroke: colour,
      "stroke-width": 2,
      "stroke-opacity": String(opacity),
    });
  return element(
    "defs",
    {},
    tile("hatch", 6, 45, stroke(theme.ink, 0.35, 6)),
    tile("lines", 5, 90, stroke(theme.ink, 0.35, 5)),
    tile("dots", 6, 0, element("circle", { cx: 3, cy: 3, r: 1, fill: theme.ink, "fill-opacity": "0.5" })),
    tile("back", 6, -45, stroke(theme.ink, 0.35, 6)),
    tile("columns", 5, 0, stroke(theme.ink, 0.35, 5)),
    tile("fault", 8, 45, stroke(theme.fault, 0.35, 8)),
  );
}

/** The paint of a texture: `fill="url(#…)"`. */
export function textureFill(frame: Frame, texture: string): string {
  return `url(#${textureId(frame, texture)})`;
}

function textureId(frame: Frame, texture: string): string {
  return `${frame.id}-${texture}`;
}
