import { LogHistogram } from "../engine/stats/log-histogram.ts";
import { LOSS_CAUSE_NAMES, OUTCOME_NAMES } from "../model/world-listener.ts";
import { meanInterval } from "./analysis/confidence-interval.ts";
import { METRICS } from "./metrics.ts";
import { coarseCellUpperUs } from "./replication/coarse-times.ts";
import type { ReplicationResult, SeriesMeasures } from "./replication/replication-result.ts";
import type { Estimate, LatencyResult, VariantSeries } from "./result.ts";

/** Quantiles of the percentile plot. */
const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999];

/** Mean and interval over replications; JSON-safe: null where there is none. */
export function estimate(values: readonly (number | null)[], level: number): Estimate {
  const samples = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (samples.length === 0) return { mean: null, halfWidth: null, values };
  const interval = meanInterval(samples, level);
  return { mean: interval.mean, halfWidth: samples.length < 2 ? null : interval.halfWidth, values };
}

export function mergeMetrics(results: readonly ReplicationResult[], level: number): Record<string, Estimate> {
  return Object.fromEntries(
    METRICS.map(({ id }) => [
      id,
      estimate(
        results.map(({ metrics }) => metrics[id] ?? null),
        level,
      ),
    ]),
  );
}

export function mergeOutcomes(results: readonly ReplicationResult[], level: number) {
  return OUTCOME_NAMES.map((outcome, i) => ({
    outcome,
    requests: estimate(
      results.map(({ outcomes }) => outcomes[i] ?? 0),
      level,
    ),
  }));
}

export function mergeLoss(results: readonly ReplicationResult[], level: number) {
  return LOSS_CAUSE_NAMES.map((cause, i) => ({
    cause,
    lost: estimate(
      results.map(({ lostByCause }) => lostByCause[i] ?? 0),
      level,
    ),
  }));
}

export function mergeLatency(results: readonly ReplicationResult[], level: number): LatencyResult {
  const histograms = results.map(({ latency }) => LogHistogram.fromSparse(latency));
  const pooled = new LogHistogram();
  for (const histogram of histograms) pooled.merge(histogram);
  const quantiles = QUANTILES.map((p) => ({
    p,
    us: estimate(
      histograms.map((histogram) => (histogram.count === 0 ? null : histogram.quantile(p))),
      level,
    ),
  }));
  return { cells: pooled.cells(), quantiles };
}

/** Sums over replications; levels become means per replication. */
export function mergeSeries(results: readonly ReplicationResult[], binUs: number): VariantSeries {
  const all = results.map(({ series }) => series);
  const first = all[0] as SeriesMeasures;
  const add = (pick: (series: SeriesMeasures) => readonly number[]): number[] => sumBins(all.map(pick));
  const perBackend = (pick: (series: SeriesMeasures) => readonly (readonly number[])[], scale: number): number[][] =>
    pick(first).map((_, b) => sumBins(all.map((series) => pick(series)[b] ?? [])).map((total) => total * scale));
  const bins = first.good.length;
  const mean = 1 / (binUs * results.length);
  return {
    good: add(({ good }) => good),
    failed: add(({ failed }) => failed),
    retried: add(({ retried }) => retried),
    failovers: add(({ failovers }) => failovers),
    sessionsLost: add(({ sessionsLost }) => sessionsLost),
    sessionsLostByBackend: perBackend(({ sessionsLostByBackend }) => sessionsLostByBackend, 1),
    stickyHits: add(({ stickyHits }) => stickyHits),
    stickyAsked: add(({ stickyAsked }) => stickyAsked),
    p50Us: quantileByBin(all, bins, 0.5),
    p99Us: quantileByBin(all, bins, 0.99),
    running: perBackend(({ running }) => running, mean),
    waiting: perBackend(({ waiting }) => waiting, mean),
  };
}

function sumBins(lists: readonly (readonly number[])[]): number[] {
  const total = [...(lists[0] ?? [])];
  for (const list of lists.slice(1))
    for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (list[i] ?? 0);
  return total;
}

function quantileByBin(all: readonly SeriesMeasures[], bins: number, p: number): (number | null)[] {
  const counts: Map<number, number>[] = Array.from({ length: bins }, () => new Map());
  for (const { response } of all)
    for (const [bin, cell, n] of response) {
      const cells = counts[bin];
      cells?.set(cell, (cells.get(cell) ?? 0) + n);
    }
  return counts.map((cells) => quantileOf(cells, p));
}

function quantileOf(cells: ReadonlyMap<number, number>, p: number): number | null {
  const sorted = [...cells].sort((a, b) => a[0] - b[0]);
  let total = 0;
  for (const [, n] of sorted) total += n;
  const rank = Math.max(1, Math.ceil(p * total));
  let below = 0;
  for (const [cell, n] of sorted) {
    below += n;
    if (below >= rank) return coarseCellUpperUs(cell);
  }
  return null;
}
