import type { SimTime } from "../sim-time.ts";

/** Time average of a level, such as the length of a queue: the integral over time, divided by the time. */
export class TimeWeighted {
  /** The level now. */
  level: number;
  /** Highest level since the last reset. */
  max: number;
  private fromUs: SimTime;
  private sinceUs: SimTime;
  private area = 0;

  constructor(nowUs: SimTime = 0, level = 0) {
    this.level = level;
    this.max = level;
    this.fromUs = nowUs;
    this.sinceUs = nowUs;
  }

  /** From now on the level is this. */
  set(nowUs: SimTime, level: number): void {
    this.area += this.level * (nowUs - this.sinceUs);
    this.sinceUs = nowUs;
    this.level = level;
    if (level > this.max) this.max = level;
  }

  /** Average from the start or the last reset until now; the level itself while no time has passed. */
  average(nowUs: SimTime): number {
    const span = nowUs - this.fromUs;
    return span > 0 ? (this.area + this.level * (nowUs - this.sinceUs)) / span : this.level;
  }

  /** Forgets the past and keeps the level: the end of a warm-up. */
  reset(nowUs: SimTime): void {
    this.area = 0;
    this.fromUs = nowUs;
    this.sinceUs = nowUs;
    this.max = this.level;
  }
}
