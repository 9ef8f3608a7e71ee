import type { BackendNet } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import type { BackendProcess } from "./backend-process.ts";
import { BackendWake } from "./backend-wake.ts";

/** Time between two reports of a backend (httpd: hb_monitor of mod_heartbeat.c waits a second). */
const EVERY_US = 1_000_000;

/**
 * Heartbeats: each backend that sends them tells the proxy once a second how many requests it works on and how many
 * places are free. All have been up for long when the proxy starts, so it hears of each at once; from then on they take
 * turns within the second. A process that is down, stands still or can't be reached is not heard; it goes on when it is
 * back.
 */
export class LoadReports {
  private readonly senders: readonly BackendProcess[];
  private readonly processes: readonly BackendProcess[];

  constructor(processes: readonly BackendProcess[]) {
    this.processes = processes;
    this.senders = processes.filter(({ spec }) => spec.sendsHeartbeats && spec.resolves);
  }

  start(net: BackendNet, nowUs: number): void {
    for (const [turn, process] of this.senders.entries()) {
      send(net, process);
      const firstUs = nowUs + Math.round(((turn + 1) * EVERY_US) / this.senders.length);
      net.wakeAt(firstUs, wakeId(BackendWake.REPORT, process.index));
    }
  }

  ring(net: BackendNet, nowUs: number, backend: number): void {
    send(net, this.processes[backend] as BackendProcess);
    net.wakeAt(nowUs + EVERY_US, wakeId(BackendWake.REPORT, backend));
  }
}

function send(net: BackendNet, { index, conditions, running, spec }: BackendProcess): void {
  if (conditions.isDown || conditions.isHung || conditions.isHole) return;
  net.loadReport(index, running, spec.concurrency - running);
}
