import type { Chart } from "../charts/chart.ts";
import { COLOUR_TOKENS } from "../charts/theme.ts";
import { type MarkupElement, rawElement, serialise } from "../markup.ts";

const tokens = (theme: "light" | "dark"): string =>
  COLOUR_TOKENS.map((token) => `--${token.name}:${token[theme]};`).join("");

const STYLE = `svg{${tokens("light")}background:var(--surface);font-family:system-ui,"Segoe UI",Roboto,Arial,"Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){svg{${tokens("dark")}}}`;

/** A chart as a file of its own, for pages that show pictures only: its colours are inside, light and dark. */
export function renderSvg({ svg }: Chart): string {
  const root: MarkupElement = {
    ...svg,
    attributes: { xmlns: "http://www.w3.org/2000/svg", ...svg.attributes },
    children: [rawElement("style", {}, STYLE), ...svg.children],
  };
  return `${serialise(root)}\n`;
}
