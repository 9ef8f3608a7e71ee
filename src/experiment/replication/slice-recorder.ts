import { LogHistogram } from "../../engine/stats/log-histogram.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Slice } from "../expectations/slice.ts";
import type { SliceMeasures } from "./replication-result.ts";
import type { Window } from "./window.ts";

/** What is counted in a slice when it happens in its window. */
export const SliceEvent = {
  SESSION_STARTED: 0,
  SESSION_LOST: 1,
  SESSION_INTERRUPTED: 2,
  SESSION_DOOMED: 3,
  FAILOVER: 4,
  RETRY: 5,
} as const;

interface Span {
  readonly fromUs: number;
  /** Infinity while the fault lasts. */
  toUs: number;
  readonly backend: number;
}

interface Part {
  /** Index of the request class; −1 = all. */
  readonly classIndex: number;
  /** When it counts, absolute; grows as faults begin. Null = always. */
  readonly spans: Span[] | null;
  /** Index of the fault whose outages are the window; −1 = none. */
  readonly fault: number;
  readonly extendUs: number;
  readonly latency: LogHistogram;
  readonly events: Float64Array;
  requests: number;
  good: number;
  tries: number;
  goodTries: number;
}

/**
 * Measures parts of a replication apart. A user request or try belongs to the window in which it was meant to start,
 * whenever it ends; sessions, failovers and retries belong to the window in which they happen.
 */
export class SliceRecorder {
  private readonly window: Window;
  private readonly parts: readonly Part[];

  constructor(slices: readonly Slice[], { faults, clients }: WorldSpec, window: Window) {
    this.window = window;
    this.parts = slices.map(({ requestClass, window: during }) => ({
      classIndex: requestClass === null ? -1 : clients.classes.findIndex(({ name }) => name === requestClass),
      spans:
        during === null
          ? null
          : during.kind === "span"
            ? [{ fromUs: window.fromUs + during.fromUs, toUs: window.fromUs + during.toUs, backend: -1 }]
            : [],
      fault: during?.kind === "fault" ? faults.findIndex(({ id }) => id === during.id) : -1,
      extendUs: during?.kind === "fault" ? during.extendUs : 0,
      latency: new LogHistogram(),
      events: new Float64Array(Object.keys(SliceEvent).length),
      requests: 0,
      good: 0,
      tries: 0,
      goodTries: 0,
    }));
  }

  faultChanged(nowUs: number, fault: number, backend: number, active: boolean): void {
    for (const part of this.parts) {
      if (part.fault !== fault || part.spans === null) continue;
      if (active) part.spans.push({ fromUs: nowUs, toUs: Number.POSITIVE_INFINITY, backend });
      else {
        const open = part.spans.findLast((span) => span.backend === backend && span.toUs === Number.POSITIVE_INFINITY);
        if (open !== undefined) open.toUs = nowUs + part.extendUs;
      }
    }
  }

  userRequestStarted(nowUs: number, classIndex: number): void {
    for (const part of this.parts) if (this.isAbout(part, nowUs, classIndex)) part.requests++;
  }

  userRequestEnded(startedUs: number, classIndex: number, us: number, isGood: boolean): void {
    for (const part of this.parts)
      if (this.isAbout(part, startedUs, classIndex)) {
        part.latency.record(us);
        if (isGood) part.good++;
      }
  }

  attemptStarted(nowUs: number, classIndex: number): void {
    for (const part of this.parts) if (this.isAbout(part, nowUs, classIndex)) part.tries++;
  }

  attemptEnded(startedUs: number, classIndex: number, isGood: boolean): void {
    if (!isGood) return;
    for (const part of this.parts) if (this.isAbout(part, startedUs, classIndex)) part.goodTries++;
  }

  /** `event` is a SliceEvent. */
  happened(nowUs: number, event: number): void {
    for (const part of this.parts) if (this.holds(part, nowUs)) part.events[event] = (part.events[event] as number) + 1;
  }

  measures(): readonly SliceMeasures[] {
    return this.parts.map((part) => this.measuresOf(part));
  }

  private isAbout(part: Part, startedUs: number, classIndex: number): boolean {
    return this.holds(part, startedUs) && (part.classIndex < 0 || part.classIndex === classIndex);
  }

  private holds({ spans }: Part, us: number): boolean {
    if (us < this.window.fromUs || us >= this.window.toUs) return false;
    return spans === null || spans.some(({ fromUs, toUs }) => us >= fromUs && us < toUs);
  }

  private measuresOf(part: Part): SliceMeasures {
    const { latency, events, requests, good, tries, goodTries } = part;
    const lengthUs = this.lengthUs(part);
    const ratio = (of: number, all: number): number | null => (all === 0 ? null : of / all);
    const quantile = (p: number): number | null => (latency.count === 0 ? null : latency.quantile(p));
    // A window that never was has no counts either: nothing was seen, not "none were lost".
    const count = (event: number): number | null => (lengthUs === 0 ? null : (events[event] as number));
    const lost = count(SliceEvent.SESSION_LOST);
    return {
      requests,
      latency: latency.toSparse(),
      metrics: {
        throughput: lengthUs === 0 ? null : good / (lengthUs / 1_000_000),
        availability: ratio(good, requests),
        availability_attempts: ratio(goodTries, tries),
        response_mean: ratio(latency.sum, latency.count),
        response_p50: quantile(0.5),
        response_p95: quantile(0.95),
        response_p99: quantile(0.99),
        sessions_lost: lost,
        sessions_lost_share: lost === null ? null : ratio(lost, events[SliceEvent.SESSION_STARTED] as number),
        sessions_interrupted: count(SliceEvent.SESSION_INTERRUPTED),
        sessions_doomed: count(SliceEvent.SESSION_DOOMED),
        failovers: count(SliceEvent.FAILOVER),
        retries: count(SliceEvent.RETRY),
      },
    };
  }

  /** Observed time in the window; outages that overlap count once. */
  private lengthUs({ spans }: Part): number {
    const { fromUs, toUs } = this.window;
    if (spans === null) return toUs - fromUs;
    let length = 0;
    let reached = fromUs;
    for (const span of [...spans].sort((a, b) => a.fromUs - b.fromUs)) {
      const begin = Math.max(span.fromUs, reached);
      const end = Math.min(span.toUs, toUs);
      if (end <= begin) continue;
      length += end - begin;
      reached = end;
    }
    return length;
  }
}
