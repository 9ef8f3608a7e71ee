import type { LimitsConfig } from "./config/apache-config.ts";
import type { ServerProcess } from "./server-process.ts";

/** The parent looks at its processes this often. */
export const MAINTENANCE_INTERVAL_US = 1_000_000;

const MAX_SPAWN_RATE = 32;

/** What the parent does at one look. */
export interface Maintenance {
  readonly start: number;
  /** One process ends gracefully. */
  readonly end: boolean;
}

/**
 * The parent's once-a-second decision (spec/apache.md 20.6; httpd: perform_idle_server_maintenance of event.c): idle threads
 * of processes that listen are counted; too few, and it starts 1, 2, 4, 8 … processes in successive seconds; too many, and
 * it ends one.
 */
export class ProcessMaintenance {
  private readonly limits: LimitsConfig;
  private readonly maxProcesses: number;
  private rate = 1;

  constructor(limits: LimitsConfig) {
    this.limits = limits;
    const byWorkers = Math.floor(limits.maxRequestWorkers / limits.threadsPerChild);
    this.maxProcesses = Math.max(1, Math.min(limits.serverLimit, byWorkers));
  }

  /** Processes that run from the start. */
  get initial(): number {
    return Math.max(1, Math.min(this.limits.startServers, this.maxProcesses));
  }

  /** Whether there is ever anything to decide. */
  get isNeeded(): boolean {
    return this.maxProcesses > 1;
  }

  look(processes: readonly ServerProcess[]): Maintenance {
    const { minSpareThreads, threadsPerChild } = this.limits;
    const maxSpareThreads = Math.max(this.limits.maxSpareThreads, minSpareThreads + threadsPerChild);
    let idle = 0;
    let active = 0;
    for (const process of processes) {
      if (process.ending) continue;
      active++;
      if (process.open) idle += process.idle;
    }
    if (idle > maxSpareThreads && active > 1) {
      this.rate = 1;
      return {
        start: 0,
        end: processes.length === active || this.limits.serverLimit - processes.length > this.maxProcesses,
      };
    }
    if (idle >= minSpareThreads || active >= this.maxProcesses) {
      this.rate = 1;
      return { start: 0, end: false };
    }
    const free = Math.max(0, this.limits.serverLimit - processes.length);
    const start = Math.min(this.rate, this.maxProcesses - active, free);
    this.rate = Math.min(this.rate * 2, MAX_SPAWN_RATE);
    return { start, end: false };
  }
}
