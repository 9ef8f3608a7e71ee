import { describe, expect, it } from "vitest";
import { takePicture } from "../../../src/cli/host/take-picture.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';

describe("a picture", () => {
  it("needs a browser, and the complaint names a way out", () => {
    const draw = () => takePicture(SVG, 8, 8, ["/nowhere/chromium"]);
    expect(draw).toThrow(
      expect.objectContaining({ code: "no-browser", hint: expect.stringContaining("--out svg=DIR") }),
    );
  });

  it("that the browser did not draw is told with the browser's name", () => {
    // node takes none of Chromium's options and leaves no file.
    const draw = () => takePicture(SVG, 8, 8, [process.execPath]);
    expect(draw).toThrow(
      expect.objectContaining({ code: "no-browser", message: `${process.execPath} drew no picture` }),
    );
  });
});
