import type { Alarm } from "../sides.ts";

/**
 * How a backend shares its cores among the requests that it works on. Jobs are ids in the JobTable; who may enter
 * (concurrency, queue) is decided before. A finish is never early: it falls on the first whole µs at or after the
 * exact instant.
 */
export interface Service {
  /** Set once, before the first job. */
  alarm: Alarm | null;
  /** Work on a job begins; its demand is in the table. */
  add(nowUs: number, job: number): void;
  /** A job leaves before its end. Answers the demand that was served, in µs at speed 1. */
  remove(nowUs: number, job: number): number;
  /** From now on a core does `speed` µs of demand per µs; 0 = everything stands still. */
  setSpeed(nowUs: number, speed: number): void;
  /** An alarm rang: the next job whose work is done, taken out, or -1. `job` = the one the alarm was set for. */
  takeDue(nowUs: number, job: number): number;
  /** After the last `takeDue` of an alarm: sets the next alarm where one is needed. */
  rearm(nowUs: number): void;
}

/** Rounding errors of the arithmetic below this many µs do not push a finish to the next µs. */
export const TOLERANCE_US = 1 / 1024;
