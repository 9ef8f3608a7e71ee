import type { RunResult } from "../experiment/result.ts";
import { availabilityTimeline } from "./charts/availability-timeline.ts";
import type { Chart, Frame } from "./charts/chart.ts";
import { comparisonIntervals } from "./charts/comparison-intervals.ts";
import { latencyCdf } from "./charts/latency-cdf.ts";
import { latencyOverTime } from "./charts/latency-over-time.ts";
import { latencyPercentiles } from "./charts/latency-percentiles.ts";
import { queuesOverTime } from "./charts/queues-over-time.ts";
import { sessionLoss } from "./charts/session-loss.ts";
import { SHARE_MEASURES, shareVsLoadfactor } from "./charts/share-vs-loadfactor.ts";
import { PAGE_THEME } from "./charts/theme.ts";
import { renderSvg } from "./formats/svg.ts";

const WIDTH = 960;

/** A chart as a file of its own; `width` and `height` in pixels. */
export interface ChartFile {
  /** Without ending: "availability-bytraffic". */
  readonly name: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The charts of the report, each as a file. */
export function chartFiles(result: RunResult): readonly ChartFile[] {
  const draw = (name: string, chart: (frame: Frame) => Chart): ChartFile => {
    const drawn = chart({ width: WIDTH, id: name });
    return { name, svg: renderSvg(drawn), width: WIDTH, height: Number(drawn.svg.attributes.height) };
  };
  const names = fileNames(result.variants.map(({ name }) => name));
  return [
    ...(result.comparisons.length === 0
      ? []
      : [draw("differences", (frame) => comparisonIntervals(result, frame, PAGE_THEME))]),
    ...SHARE_MEASURES.map((measure) =>
      draw(`share-${measure}`, (frame) => shareVsLoadfactor(result, measure, frame, PAGE_THEME)),
    ),
    ...result.variants.map((variant, v) =>
      draw(`availability-${names[v]}`, (frame) => availabilityTimeline(result, variant, frame, PAGE_THEME)),
    ),
    draw("sessions", (frame) => sessionLoss(result, frame, PAGE_THEME)),
    draw("response-time-percentiles", (frame) => latencyPercentiles(result, frame, PAGE_THEME)),
    draw("response-time-distribution", (frame) => latencyCdf(result, frame, PAGE_THEME)),
    draw("response-times", (frame) => latencyOverTime(result, frame, PAGE_THEME)),
    draw("queues", (frame) => queuesOverTime(result, frame, PAGE_THEME)),
  ];
}

/** Names of variants as parts of file names, distinct. */
function fileNames(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, ""));
  return plain.map((name, i) =>
    name === "" || plain.indexOf(name) !== i ? `${name}${name === "" ? "" : "-"}${i + 1}` : name,
  );
}
