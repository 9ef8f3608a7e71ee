/** Something to show at a line of a file in a pull request. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

/** GitHub shows so many of each level a step and drops the rest silently. */
const SHOWN = 10;

/** Workflow commands of GitHub Actions, the errors first; what GitHub would drop is counted in the last one shown. */
export function githubAnnotations(annotations: readonly Annotation[]): string {
  return (["error", "warning"] as const)
    .flatMap((level) => limited(annotations.filter((each) => each.level === level)))
    .map(
      ({ level, title, message, file, line }) =>
        `::${level} file=${property(file)},line=${line},title=${property(title)}::${data(message)}\n`,
    )
    .join("");
}

function limited(annotations: readonly Annotation[]): readonly Annotation[] {
  const last = annotations[SHOWN - 1];
  if (annotations.length <= SHOWN || last === undefined) return annotations;
  const more = annotations.length - SHOWN;
  return [...annotations.slice(0, SHOWN - 1), { ...last, message: `${last.message}\n… and ${more} more like it` }];
}

/** A message may hold anything once these are escaped. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** In a property `:` and `,` end it as well. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
