import { expect, it } from "vitest";
import { textureDefinitions, textureFill } from "../../../../src/report/charts/parts/patterns.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { elementsOf } from "../drawing.ts";

it("every texture that the theme names is defined under the ids of its own chart", () => {
  const frame = { width: 100, id: "mine" };
  const ids = elementsOf(textureDefinitions(frame, PAGE_THEME), "pattern").map((pattern) => pattern.attributes.id);
  const named = Object.values(PAGE_THEME.states).flatMap(({ pattern }) => pattern ?? []);
  for (const texture of [...named, "fault"]) {
    expect(textureFill(frame, texture)).toMatch(/^url\(#mine-\w+\)$/);
    expect(ids).toContain(textureFill(frame, texture).slice("url(#".length, -1));
  }
});
