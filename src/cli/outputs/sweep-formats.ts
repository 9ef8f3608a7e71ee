import { suggest } from "../../contract/suggest.ts";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepKnee } from "../../report/charts/sweep-knee.ts";
import { PAGE_THEME } from "../../report/charts/theme.ts";
import { sweepCsv } from "../../report/formats/csv.ts";
import { PLAIN } from "../../report/formats/paint.ts";
import { parquetOf } from "../../report/formats/parquet.ts";
import { renderSvg } from "../../report/formats/svg.ts";
import { renderSweepHtml } from "../../report/formats/sweep-html.ts";
import { renderSweepJson } from "../../report/formats/sweep-json.ts";
import { renderSweepText } from "../../report/formats/sweep-text.ts";
import { wordsAsVariants } from "../../report/sweep-series.ts";
import { kneeSlices } from "../../report/sweep-slices.ts";
import { sweepColumns } from "../../report/sweep-table.ts";
import { KnownError } from "../known-error.ts";

const FILE_WIDTH = 120;
const SVG_WIDTH = 960;

export const SWEEP_FORMATS = ["text", "csv", "parquet", "json", "html", "svg"] as const;
type SweepFormat = (typeof SWEEP_FORMATS)[number];

/** A sweep in one of the formats. `svg` is the first knee; "" when the sweep has none. */
export function renderSweep(result: SweepResult, format: SweepFormat): string | Uint8Array {
  switch (format) {
    case "text":
      return renderSweepText(result, { width: FILE_WIDTH, paint: PLAIN });
    case "csv":
      return sweepCsv(result);
    case "parquet":
      return parquetOf(sweepColumns(result), `lbsim ${result.lbsim}`);
    case "json":
      return renderSweepJson(result);
    case "html":
      return renderSweepHtml(result);
    default: {
      const drawn = wordsAsVariants(result);
      const [slice] = kneeSlices(drawn);
      return slice === undefined
        ? ""
        : renderSvg(sweepKnee(drawn, slice, { width: SVG_WIDTH, id: "knee" }, PAGE_THEME));
    }
  }
}

/** A `--out FORMAT=FILE` of a sweep. */
export interface SweepTarget {
  readonly format: SweepFormat;
  readonly file: string;
}

/** @throws KnownError `unknown-format` */
export function parseSweepTarget(text: string): SweepTarget {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const format = SWEEP_FORMATS.find((each) => each === name);
  if (format === undefined) {
    const near = suggest(name, SWEEP_FORMATS);
    const hint = near === null ? `formats: ${SWEEP_FORMATS.join(", ")}` : `did you mean "${near}"?`;
    throw new KnownError("unknown-format", `--out ${text}: a sweep has no format "${name}"`, hint);
  }
  const file = equals < 0 ? "" : text.slice(equals + 1);
  if (file === "")
    throw new KnownError("unknown-format", `--out ${text}: the file is missing`, `write --out ${name}=FILE`);
  return { format, file };
}
