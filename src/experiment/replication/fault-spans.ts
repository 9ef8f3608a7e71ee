import type { FaultSpan } from "./replication-result.ts";

/** When each fault was there, as told by the world. */
export class FaultSpans {
  /** Those that are over, in the order of their ends. */
  readonly spans: FaultSpan[] = [];
  private readonly open: FaultSpan[] = [];

  changed(nowUs: number, fault: number, backend: number, active: boolean): void {
    if (active) {
      this.open.push({ fault, backend, fromUs: nowUs, toUs: Number.POSITIVE_INFINITY });
      return;
    }
    const i = this.open.findIndex((each) => each.fault === fault && each.backend === backend);
    if (i < 0) return;
    const [span] = this.open.splice(i, 1) as [FaultSpan];
    this.spans.push({ ...span, toUs: nowUs });
  }

  /** The run is over, and with it all faults. */
  close(nowUs: number): void {
    for (const span of this.open.splice(0)) this.spans.push({ ...span, toUs: nowUs });
  }
}
