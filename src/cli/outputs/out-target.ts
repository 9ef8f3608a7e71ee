import { suggest } from "../../contract/suggest.ts";
import { KnownError } from "../known-error.ts";
import { isPictureFormat } from "./picture-files.ts";

export const FORMATS = [
  "text",
  "json",
  "html",
  "markdown",
  "junit",
  "github",
  "timeline",
  "members",
  "requests",
  "svg",
  "png",
] as const;
export type Format = (typeof FORMATS)[number];

/** "-" as a file means stdout. */
export const STDOUT = "-";

/** A `--out FORMAT[=FILE]`. */
export interface OutTarget<Name extends Format = Format> {
  readonly format: Name;
  readonly file: string;
}

/**
 * Reads the `--out` options; `json` tells of `--json`, which wants stdout for itself.
 * @throws KnownError `unknown-format` or `output-conflict`.
 */
export function parseOutTargets<Name extends Format = Format>(
  texts: readonly string[],
  json: boolean,
  formats: readonly Name[] = FORMATS as readonly Format[] as readonly Name[],
): readonly OutTarget<Name>[] {
  const targets = texts.map((text) => parseOutTarget(text, formats));
  // Pictures of both kinds may lie in one folder: their names differ.
  const places = targets.map(({ format, file }) => (isPictureFormat(format) ? `${file}/*.${format}` : file));
  const files = [...(json ? [STDOUT] : []), ...places];
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined)
    throw new KnownError(
      "output-conflict",
      twice === STDOUT ? "two results for stdout" : `two results for ${twice}`,
      "write one of them to a file of its own: --out FORMAT=FILE",
    );
  return targets;
}

function parseOutTarget<Name extends Format>(text: string, formats: readonly Name[]): OutTarget<Name> {
  const [name = "", ...rest] = text.split("=");
  const format = formats.find((each) => each === name);
  if (format === undefined) {
    const near = suggest(name, formats);
    const hint = near === null ? `formats: ${formats.join(", ")}` : `did you mean "${near}"?`;
    throw new KnownError("unknown-format", `--out ${text}: there is no format "${name}"`, hint);
  }
  const file = rest.join("=");
  if (rest.length > 0 && file === "")
    throw new KnownError("unknown-format", `--out ${text}: the file is missing`, `write --out ${name}=FILE`);
  if (isPictureFormat(format) && (rest.length === 0 || file === STDOUT))
    throw new KnownError(
      "unknown-format",
      `--out ${text}: ${format} makes one file for each chart`,
      `write --out ${format}=FOLDER`,
    );
  return { format, file: rest.length === 0 ? STDOUT : file };
}
