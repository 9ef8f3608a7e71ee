/** How a backend fares at present: nothing wrong, or the sum of the faults that are active. */
export class Conditions {
  isDown = false;
  isHole = false;
  isHung = false;
  isRefusing = false;
  /** Service takes this many times as long. */
  slowFactor = 1;
  errorRate = 0;
  errorStatus = 500;
  closeRate = 0;
  truncateRate = 0;
  hiddenErrorRate = 0;
  extraLatencyUs = 0;
  /** Status of health checks, 0 = they are fine. */
  probeStatus = 0;

  reset(): void {
    this.isDown = false;
    this.isHole = false;
    this.isHung = false;
    this.isRefusing = false;
    this.slowFactor = 1;
    this.errorRate = 0;
    this.errorStatus = 500;
    this.closeRate = 0;
    this.truncateRate = 0;
    this.hiddenErrorRate = 0;
    this.extraLatencyUs = 0;
    this.probeStatus = 0;
  }
}

/** Probability that at least one of two independent things happens. */
export function eitherRate(a: number, b: number): number {
  return 1 - (1 - a) * (1 - b);
}
