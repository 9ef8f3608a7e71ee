import { suggest } from "../../config/problems/suggest.ts";
import { KnownError } from "../known-error.ts";

export const FORMATS = ["text", "json", "html", "markdown", "timeline", "members", "requests"] as const;
export type Format = (typeof FORMATS)[number];

/** "-" as a file means stdout. */
export const STDOUT = "-";

/** A `--out FORMAT[=FILE]`. */
export interface OutTarget {
  readonly format: Format;
  readonly file: string;
}

/**
 * Reads the `--out` options; `json` tells of `--json`, which wants stdout for itself.
 * @throws KnownError `unknown-format` or `output-conflict`.
 */
export function parseOutTargets(texts: readonly string[], json: boolean): readonly OutTarget[] {
  const targets = texts.map(parseOutTarget);
  const files = [...(json ? [STDOUT] : []), ...targets.map(({ file }) => file)];
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined)
    throw new KnownError(
      "output-conflict",
      twice === STDOUT ? "two results for stdout" : `two results for ${twice}`,
      "write one of them to a file of its own: --out FORMAT=FILE",
    );
  return targets;
}

function parseOutTarget(text: string): OutTarget {
  const [name = "", ...rest] = text.split("=");
  const format = FORMATS.find((each) => each === name);
  if (format === undefined) {
    const near = suggest(name, FORMATS);
    const hint = near === null ? `formats: ${FORMATS.join(", ")}` : `did you mean "${near}"?`;
    throw new KnownError("unknown-format", `--out ${text}: there is no format "${name}"`, hint);
  }
  const file = rest.join("=");
  if (rest.length > 0 && file === "")
    throw new KnownError("unknown-format", `--out ${text}: the file is missing`, `write --out ${name}=FILE`);
  return { format, file: rest.length === 0 ? STDOUT : file };
}
