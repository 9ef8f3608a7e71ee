import type { ForwardedRequest } from "../contract/http-message.ts";
import type { Probe } from "../contract/outbox.ts";
import { Draws } from "../engine/random/draws.ts";
import { AnswerWriter } from "./backends/answer-writer.ts";
import { BackendConnections, ConnectionState } from "./backends/backend-connections.ts";
import { BackendProcess } from "./backends/backend-process.ts";
import { BackendWake } from "./backends/backend-wake.ts";
import { Coin, ErrorCoins } from "./backends/error-coins.ts";
import { JobFlow } from "./backends/job-flow.ts";
import { JobField, JobTable } from "./backends/job-table.ts";
import { LoadReports } from "./backends/load-reports.ts";
import { ServiceDemand } from "./backends/service-demand.ts";
import { SessionApplication } from "./backends/session-application.ts";
import type { FaultSite } from "./faults/effect-kind.ts";
import { FaultSchedule } from "./faults/fault-schedule.ts";
import { type RequestJournal, TryField } from "./sessions/request-journal.ts";
import { Accept, type BackendNet, type BackendSide } from "./sides.ts";
import { wakeIndex, wakeKind } from "./wake-id.ts";
import type { WorldListener } from "./world-listener.ts";
import type { WorldRecords } from "./world-records.ts";
import type { WorldSpec } from "./world-spec.ts";

const NOTHING = -1;

/** An administrator's command to the proxy that a fault gives. */
export type Operate = (nowUs: number, backend: number, command: string) => void;

/**
 * The backend processes, their sessions and the faults that befall them. README.md of this folder tells the life of a
 * request and what is assumed.
 */
export class SimulatedBackends implements BackendSide {
  private net: BackendNet | null = null;
  private readonly processes: readonly BackendProcess[];
  private readonly jobs = new JobTable();
  private readonly connections = new BackendConnections();
  private readonly flow: JobFlow;
  private readonly coins: ErrorCoins;
  private readonly faults: FaultSchedule;
  private readonly reports: LoadReports;
  private readonly journal: RequestJournal;
  private readonly site: FaultSite;

  constructor(
    spec: WorldSpec,
    seed: number,
    replication: number,
    records: WorldRecords,
    listener: WorldListener,
    operate: Operate,
  ) {
    this.journal = records.journal;
    const serviceDraws = new Draws(seed, replication, "service");
    this.processes = spec.backends.map((backend, index) => {
      const demand = new ServiceDemand(backend, spec.clients.classes, serviceDraws);
      return new BackendProcess(index, backend, demand, this.jobs);
    });
    this.coins = new ErrorCoins(new Draws(seed, replication, "error"), records.journal);
    const application = new SessionApplication(records, this.jobs);
    const sizeDraws = new Draws(seed, replication, "size");
    const writer = new AnswerWriter(records, this.jobs, application, this.coins, sizeDraws);
    this.flow = new JobFlow(records, listener, this.processes, this.jobs, this.connections, application, writer);
    this.reports = new LoadReports(this.processes);
    this.site = { wipe: (nowUs, backend) => records.states.wipe(nowUs, backend), operate };
    this.faults = new FaultSchedule(spec.faults, new Draws(seed, replication, "fault"), this.site, listener);
  }

  /** Whether the process of a backend lives and can be reached. */
  isUp(backend: number): boolean {
    const { conditions } = this.processes[backend] as BackendProcess;
    return !conditions.isDown && !conditions.isHole && !conditions.isHung;
  }

  start(net: BackendNet, nowUs: number): void {
    this.net = net;
    this.flow.net = net;
    for (const process of this.processes) process.service.alarm = net;
    this.faults.start(net);
    this.reports.start(net, nowUs);
  }

  wake(nowUs: number, id: number): void {
    const index = wakeIndex(id);
    switch (wakeKind(id)) {
      case BackendWake.JOB:
        this.flow.serviceRang(
          nowUs,
          this.processes[this.jobs.rows[(index << 4) | JobField.BACKEND] as number] as BackendProcess,
          index,
        );
        break;
      case BackendWake.SHARING:
        this.flow.serviceRang(nowUs, this.processes[index] as BackendProcess, NOTHING);
        break;
      case BackendWake.IDLE:
        this.idleRang(nowUs, index);
        break;
      case BackendWake.REPORT:
        this.reports.ring(this.net as BackendNet, nowUs, index);
        break;
      default:
        this.conditionsChange(nowUs, this.faults.ring(this.net as BackendNet, nowUs, index));
    }
  }

  connect(nowUs: number, backend: number, connection: number): number {
    const process = this.processes[backend] as BackendProcess;
    const { conditions, spec } = process;
    if (!spec.resolves) return Accept.NO_NAME;
    if (conditions.isHole) return Accept.SILENT;
    if (conditions.isDown || conditions.isRefusing) return Accept.REFUSED;
    if (spec.queueFull === "refuse" && !conditions.isHung && process.isFull()) return Accept.REFUSED;
    this.connections.opened(nowUs, connection, backend, spec.keepAliveIdleUs, this.net as BackendNet);
    return Accept.ACCEPTED;
  }

  request(
    nowUs: number,
    backend: number,
    connection: number,
    exchange: number,
    request: number,
    what: ForwardedRequest,
  ): void {
    const net = this.net as BackendNet;
    const process = this.processes[backend] as BackendProcess;
    const { conditions } = process;
    const { journal } = this;
    this.flow.opened(exchange);
    const attempt = journal.rows[(request << 4) | TryField.ATTEMPTS] as number;
    journal.rows[(request << 4) | TryField.ATTEMPTS] = attempt + 1;
    if (conditions.isHole) return;
    if (this.connections.state[connection] === ConnectionState.CLOSED) {
      // The process behind this connection has died or closed it since; its kernel answers with RST.
      net.breakOff(exchange, true);
      return;
    }
    const coinAddress = ErrorCoins.address(journal.rows[(request << 4) | TryField.TRY] as number, attempt);
    if (
      conditions.closeRate > 0 &&
      !conditions.isHung &&
      this.coins.throw(request, coinAddress, Coin.CLOSE) < conditions.closeRate
    ) {
      this.connections.state[connection] = ConnectionState.CLOSED;
      net.breakOff(exchange, false);
      return;
    }
    if (!conditions.isHung && process.isFull()) this.flow.reject(nowUs, process, connection, exchange, request);
    else this.flow.enter(nowUs, process, connection, exchange, request, what, coinAddress);
  }

  bodyFollows(nowUs: number, exchange: number): void {
    this.flow.bodyFollows(nowUs, exchange);
  }

  abandoned(nowUs: number, exchange: number): void {
    this.flow.abandoned(nowUs, exchange);
  }

  connectionClosed(_nowUs: number, connection: number): void {
    this.connections.state[connection] = ConnectionState.CLOSED;
  }

  tunnelClosed(nowUs: number, exchange: number): void {
    this.flow.abandoned(nowUs, exchange);
  }

  probe(_nowUs: number, backend: number, probe: number, what: Probe): number {
    const { conditions, spec } = this.processes[backend] as BackendProcess;
    if (!spec.resolves) return Accept.NO_NAME;
    if (conditions.isHole) return Accept.SILENT;
    if (conditions.isDown || conditions.isRefusing) return Accept.REFUSED;
    if (what.method !== "TCP" && !conditions.isHung) {
      const status = conditions.probeStatus === 0 ? 200 : conditions.probeStatus;
      (this.net as BackendNet).probeAnswer(probe, status, "OK");
    }
    return Accept.ACCEPTED;
  }

  // ------------------------------------------------------------ faults

  private conditionsChange(nowUs: number, backend: number): void {
    const process = this.processes[backend] as BackendProcess;
    const { conditions, spec } = process;
    const { isDown, isHung, extraLatencyUs } = conditions;
    this.faults.assess(backend, conditions);
    process.mayFail = process.canFail();
    if (conditions.extraLatencyUs !== extraLatencyUs)
      (this.net as BackendNet).setExtraLatency(backend, conditions.extraLatencyUs);
    if (conditions.isDown && !isDown) this.crash(nowUs, process);
    if (isDown && !conditions.isDown) process.startedUs = nowUs;
    const speed = conditions.isHung ? 0 : spec.speed / conditions.slowFactor;
    if (speed !== process.speed) {
      process.book(nowUs);
      process.speed = speed;
      process.service.setSpeed(nowUs, speed);
    }
    if (isHung && !conditions.isHung) this.flow.resume(nowUs, process);
  }

  private crash(nowUs: number, process: BackendProcess): void {
    const { connections } = this;
    this.site.wipe(nowUs, process.index);
    this.flow.dropAll(nowUs, process);
    for (let connection = 0; connection < connections.used; connection++) {
      if (connections.backend[connection] === process.index) connections.state[connection] = ConnectionState.CLOSED;
    }
    // Into a black hole no RST goes; the peer hears of it when it uses the connection after the hole has closed.
    if (!process.conditions.isHole) (this.net as BackendNet).closeAll(process.index, true);
  }

  private idleRang(nowUs: number, connection: number): void {
    const { connections } = this;
    const process = this.processes[connections.backend[connection] as number] as BackendProcess;
    const { conditions, spec } = process;
    const net = this.net as BackendNet;
    if (!connections.isOverdue(nowUs, connection, spec.keepAliveIdleUs, net)) return;
    if (conditions.isHung) {
      connections.becameIdle(nowUs, connection, spec.keepAliveIdleUs, net);
      return;
    }
    connections.state[connection] = ConnectionState.CLOSED;
    if (!conditions.isHole) net.closeIdle(connection);
  }
}
