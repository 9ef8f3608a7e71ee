import { element, type MarkupElement } from "../../markup.ts";
import type { Theme } from "../theme.ts";

export interface LabelOptions {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

/** A text of a chart; `y` is its baseline. Size and colour are those of the whole chart unless options say otherwise. */
export function label(x: number, y: number, text: string, theme: Theme, options: LabelOptions = {}): MarkupElement {
  return element(
    "text",
    {
      x,
      y,
      "text-anchor": options.anchor === "start" ? undefined : options.anchor,
      "font-size": options.size === theme.text.label ? undefined : options.size,
      "font-weight": options.bold === true ? 600 : undefined,
      fill: options.colour,
    },
    text,
  );
}

const NARROW = /[ijltfrI.,:;!'()[\] ]/;
const BROAD = /[mwMW@%—…=+±−<>~^|]/;
const CAPITAL = /[A-Z0-9_–#$&?]/;

/**
 * Width of a text in pixels, on the safe side for common sans-serif fonts: a chart is drawn where there is no font to
 * measure with.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) {
    if (NARROW.test(character)) ems += 0.37;
    else if (BROAD.test(character)) ems += 0.96;
    else if (CAPITAL.test(character)) ems += 0.68;
    else ems += character > "\u2E7F" ? 1.05 : 0.61;
  }
  return ems * size;
}

/** Bold letters are wider by about this much. */
export const BOLD_WIDENING = 1.15;

/** `fitText` for a bold text. */
export function fitBold(text: string, size: number, width: number): string {
  return fitText(text, size * BOLD_WIDENING, width);
}

/** Share of the kept characters that stands before the ellipsis: first both ends alike, then more of either. */
const HEAD_SHARES = [0.5, 0.25, 0, 0.75, 1];

/** `fitText` for texts that stand together: cut alike, and where there is a cut that leaves them different, there. */
export function fitTexts(texts: readonly string[], size: number, width: number): readonly string[] {
  const different = new Set(texts).size;
  const cuts = HEAD_SHARES.map((share) => texts.map((text) => cutText(text, size, width, share)));
  return cuts.find((cut) => new Set(cut).size === different) ?? texts.map((text) => fitText(text, size, width));
}

/** The text, or its two ends around an ellipsis: variants of one matrix often differ in their last word only. */
export function fitText(text: string, size: number, width: number): string {
  return cutText(text, size, width, 0.5);
}

/** A width that was made of the text's own must not come out smaller in its last bit. */
const HAIR = 1e-6;

function cutText(text: string, size: number, width: number, headShare: number): string {
  if (textWidth(text, size) <= width + HAIR) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const ahead = Math.ceil(kept * headShare);
    const head = characters.slice(0, ahead).join("");
    const tail = characters.slice(characters.length - (kept - ahead)).join("");
    const cut = `${head.trimEnd()}…${tail.trimStart()}`;
    if (textWidth(cut, size) <= width) return cut;
  }
  return "…";
}
