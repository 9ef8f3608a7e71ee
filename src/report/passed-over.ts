import type { RunResult, VariantResult } from "../experiment/result.ts";

type PassedOver = VariantResult["passedOver"][number];

/**
 * Directives that the simulation passed over, once each however many variants share the file; what may matter first:
 * "SSLEngine (httpd.conf:12) has no effect on balancing".
 */
export function passedOverList(result: RunResult): readonly string[] {
  const all = result.variants.flatMap(({ passedOver }) => passedOver);
  return [
    ...passedOverPlaces(all, "unmodelled").map(
      ({ directive, places }) => `${directive} (${places}) may matter and is not modelled`,
    ),
    ...passedOverPlaces(all, "ignored").map(
      ({ directive, places }) => `${directive} (${places}) has no effect on balancing`,
    ),
  ];
}

/** The directives of a kind, each once a file, with all its lines there: "mime.conf:5,12-40". */
export function passedOverPlaces(
  all: readonly PassedOver[],
  kind: PassedOver["kind"],
): readonly { readonly directive: string; readonly places: string }[] {
  const groups = new Map<string, { readonly directive: string; readonly file: string; readonly lines: Set<number> }>();
  for (const entry of all) {
    if (entry.kind !== kind) continue;
    const { directive, file, line } = entry;
    const key = JSON.stringify([file, directive]);
    const group = groups.get(key) ?? { directive, file, lines: new Set() };
    group.lines.add(line);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ directive, file, lines }) => ({
    directive,
    places: `${file}:${lineRanges([...lines])}`,
  }));
}

/** Line numbers as people write them: 1, 3, 4, 5 is "1,3-5". */
function lineRanges(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
