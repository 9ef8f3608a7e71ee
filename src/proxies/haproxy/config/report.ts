import type { Position } from "../../../contract/problem.ts";

/** A line that HAProxy prints, with the place that it speaks of. */
export interface Said {
  readonly text: string;
  readonly position: Position | null;
}

/** Thrown after an alert that makes HAProxy stop reading at once (ERR_ABORT). */
export class Abort extends Error {}

/** Thrown by a part of the reader for the words that its caller completes to an alert. */
export class Fault extends Error {}

/** What HAProxy says while it reads, in order. */
export class Report {
  readonly alerts: Said[] = [];
  readonly warnings: Said[] = [];

  /** Alerts that keep the second pass, over the whole configuration, from being made. */
  fatal = 0;

  alert(text: string, position: Position | null): void {
    this.fatal++;
    this.alerts.push({ text: `[ALERT] config : ${text}`, position });
  }

  /** An alert that lets HAProxy go on to its second pass. */
  softAlert(text: string, position: Position | null): void {
    this.alerts.push({ text: `[ALERT] config : ${text}`, position });
  }

  /** An alert after which nothing more is read. */
  abort(text: string, position: Position | null): never {
    this.alert(text, position);
    throw new Abort(text);
  }

  warn(text: string, position: Position | null): void {
    this.warnings.push({ text: `[WARNING] config : ${text}`, position });
  }

  notice(text: string, position: Position | null): void {
    this.warnings.push({ text: `[NOTICE] config : ${text}`, position });
  }
}
