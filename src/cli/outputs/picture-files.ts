import { join } from "node:path";
import type { RunResult } from "../../experiment/result.ts";
import { chartFiles } from "../../report/chart-files.ts";
import { takePicture } from "../host/take-picture.ts";
import type { FileToWrite } from "../host/write-files.ts";

/** Outputs that are a folder of pictures, one file for each chart. */
export const PICTURE_FORMATS = ["svg", "png"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export function isPictureFormat(format: string): format is PictureFormat {
  return (PICTURE_FORMATS as readonly string[]).includes(format);
}

/** @throws KnownError `no-browser` for PNG without Chromium. */
export function pictureFiles(result: RunResult, format: PictureFormat, folder: string): readonly FileToWrite[] {
  return chartFiles(result).map(({ name, svg, width, height }) => ({
    path: join(folder, `${name}.${format}`),
    content: format === "svg" ? svg : takePicture(svg, width, height),
  }));
}
