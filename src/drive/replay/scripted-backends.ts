import type { ForwardedRequest, ResponseHead } from "../../contract/http-message.ts";
import { NO_TEXTS } from "../../contract/http-message.ts";
import type { Probe } from "../../contract/outbox.ts";
import { Text } from "../../contract/text.ts";
import { Accept, type BackendNet, type BackendSide } from "../../model/sides.ts";
import { reasonPhrase } from "./reason-phrase.ts";
import type { Behaviour, CaseBackend, Phase } from "./recorded-case.ts";

/**
 * A timer of a real backend never fires early, always a little late. It matters where a request arrives at the very
 * instant for which the end of another's service was scripted: in the recording the arrival came first.
 */
const LATE_US = 500;

/** What the backend application saw of one attempt, as the recording notes it. */
export interface SeenAttempt {
  readonly backend: number;
  readonly atUs: number;
  readonly what: { readonly url: string; readonly host: string; readonly headers: ReadonlyMap<string, string> };
}

interface Job {
  readonly exchange: number;
  readonly backend: number;
  readonly behaviour: Behaviour;
  readonly bodyBytes: number;
  /** The head is the whole answer: to HEAD, and of some statuses. */
  readonly isBare: boolean;
  step: "serve" | "rest" | "over";
}

/** Statuses that never have a body (RFC 9110, 15.3.5 and 15.4.5). */
const NO_BODY = new Set([204, 304]);

const PHASE_BASE = 1 << 24;

/**
 * The scripted backends of a recorded case behind the driver: each does what its phase (by the clock), the path of the
 * URL it sees, and the health-check overrides say. One more backend than the case has stands for an address where nobody
 * listens: it refuses.
 */
export class ScriptedBackends implements BackendSide {
  private net!: BackendNet;
  private readonly backends: readonly CaseBackend[];
  private readonly show: (text: string) => string;
  private readonly seen: (request: number, exchange: number, attempt: SeenAttempt) => void;
  private readonly jobs: Job[] = [];
  private readonly jobOfExchange = new Map<number, number>();
  private readonly phase: number[];
  private readonly used: number[];
  private readonly idle: Set<number>[];
  private readonly changes: { readonly backend: number; readonly phase: number }[] = [];

  constructor(
    backends: readonly CaseBackend[],
    show: (text: string) => string,
    seen: (request: number, exchange: number, attempt: SeenAttempt) => void,
  ) {
    this.backends = backends;
    this.show = show;
    this.seen = seen;
    this.phase = backends.map(() => 0);
    this.used = backends.map(() => 0);
    this.idle = backends.map(() => new Set());
  }

  start(net: BackendNet): void {
    this.net = net;
    for (const [backend, { phases }] of this.backends.entries())
      for (const [phase, { fromUs }] of phases.entries())
        if (phase > 0) {
          this.changes.push({ backend, phase });
          net.wakeAt(fromUs, PHASE_BASE + this.changes.length - 1);
        }
  }

  wake(_nowUs: number, id: number): void {
    if (id >= PHASE_BASE) this.changePhase(id - PHASE_BASE);
    else if ((this.jobs[id] as Job).exchange >= 0 || this.jobOfProbe.get(-1 - (this.jobs[id] as Job).exchange) === id)
      this.serve(this.jobs[id] as Job);
  }

  connect(_nowUs: number, backend: number, connection: number): number {
    if (backend >= this.backends.length) return Accept.REFUSED;
    const { mode } = this.current(backend);
    if (mode === "refuse") return Accept.REFUSED;
    if (mode === "blackhole") return Accept.SILENT;
    (this.idle[backend] as Set<number>).add(connection);
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
    (this.idle[backend] as Set<number>).delete(connection);
    const phase = this.current(backend);
    if (phase.mode === "blackhole") return;
    const behaviour = this.behaviourFor(backend, phase, what.target.text);
    if (!behaviour.atAccept) this.seen(request, exchange, { backend, atUs: nowUs, what: seenRequest(what) });
    this.links.set(exchange, connection);
    const isBare = what.method === "HEAD" || (behaviour.mode === "status" && NO_BODY.has(behaviour.status));
    const job: Job = {
      exchange,
      backend,
      behaviour,
      bodyBytes: isBare ? 0 : behaviour.bodyBytes,
      isBare,
      step: "serve",
    };
    this.jobOfExchange.set(exchange, this.jobs.push(job) - 1);
    if (behaviour.mode === "hang") return;
    if (what.expectContinue) this.net.interim(exchange, 100);
    else if (what.upgrade !== null && (behaviour.mode === "ok" || behaviour.mode === "slow"))
      this.switchProtocols(job, what.upgrade);
    else this.begin(nowUs, job);
  }

  bodyFollows(nowUs: number, exchange: number): void {
    const index = this.jobOfExchange.get(exchange);
    if (index !== undefined) this.begin(nowUs, this.jobs[index] as Job);
  }

  abandoned(_nowUs: number, exchange: number): void {
    this.over(exchange);
  }

  connectionClosed(_nowUs: number, connection: number): void {
    for (const idle of this.idle) idle.delete(connection);
  }

  tunnelClosed(_nowUs: number, exchange: number): void {
    this.over(exchange);
  }

  probe(nowUs: number, backend: number, probe: number, what: Probe): number {
    if (backend >= this.backends.length) return Accept.REFUSED;
    const phase = this.current(backend);
    const onPath = phase.paths.find(({ prefix }) => what.target.startsWith(prefix));
    let behaviour: Behaviour = phase.probe ?? onPath?.behaviour ?? phase;
    if (behaviour.mode === "refuse") return Accept.REFUSED;
    if (behaviour.mode === "blackhole") return Accept.SILENT;
    if (what.method === "TCP" || behaviour.mode === "hang") return Accept.ACCEPTED;
    if (behaviour.mode === "close") {
      this.net.probeBroken(probe, behaviour.reset);
      return Accept.ACCEPTED;
    }
    if (behaviour.mode === "status-once" && behaviour.probesCount) behaviour = this.useUp(backend, behaviour);
    const status = behaviour.mode === "status" || behaviour.mode === "status-once" ? behaviour.status : 200;
    const answered = behaviour.mode === "status-once" && !behaviour.probesCount ? 200 : status;
    const body = what.method === "HEAD" ? "" : "x".repeat(behaviour.bodyBytes);
    if (behaviour.serviceUs === 0) this.net.probeAnswer(probe, answered, body);
    else {
      const job: Job = {
        exchange: -1 - probe,
        backend,
        behaviour: { ...behaviour, status: answered },
        bodyBytes: body.length,
        isBare: false,
        step: "serve",
      };
      const index = this.jobs.push(job) - 1;
      this.jobOfProbe.set(probe, index);
      this.net.wakeAt(nowUs + behaviour.serviceUs, index);
    }
    return Accept.ACCEPTED;
  }

  /** The answer under way to each probe: an earlier one, whose time has run out, is never given. */
  private readonly jobOfProbe = new Map<number, number>();

  private readonly links = new Map<number, number>();

  private current(backend: number): Phase {
    return (this.backends[backend] as CaseBackend).phases[this.phase[backend] as number] as Phase;
  }

  private behaviourFor(backend: number, phase: Phase, url: string): Behaviour {
    const onPath = phase.paths.find(({ prefix }) => url.startsWith(prefix));
    const behaviour = onPath?.behaviour ?? phase;
    return behaviour.mode === "status-once" ? this.useUp(backend, behaviour) : behaviour;
  }

  /** The first `times` requests of a phase get the status, the others 200. */
  private useUp(backend: number, behaviour: Behaviour): Behaviour {
    const used = this.used[backend] as number;
    this.used[backend] = used + 1;
    return used < behaviour.times ? { ...behaviour, mode: "status" } : { ...behaviour, mode: "ok", status: 200 };
  }

  private begin(nowUs: number, job: Job): void {
    const index = this.jobOfExchange.get(job.exchange) as number;
    if (job.behaviour.serviceUs > 0) this.net.wakeAt(nowUs + job.behaviour.serviceUs + LATE_US, index);
    else this.serve(job);
  }

  private serve(job: Job): void {
    const { exchange, behaviour, bodyBytes } = job;
    if (job.step === "over") return;
    if (exchange < 0) {
      this.net.probeAnswer(-1 - exchange, behaviour.status, "x".repeat(bodyBytes));
      return;
    }
    if (job.step === "rest") {
      const first = Math.floor(bodyBytes / 2);
      this.net.answerBody(exchange, bodyBytes - first);
      this.net.answerEnd(exchange);
      this.ended(job);
    } else if (behaviour.mode === "close") {
      this.net.breakOff(exchange, behaviour.reset);
      this.over(exchange);
    } else if (job.isBare) {
      // There is no body to break off or to stall in.
      this.net.answer(exchange, this.headOf(job), 0);
      this.ended(job);
    } else if (behaviour.mode === "truncate") {
      this.net.answerHead(exchange, this.headOf(job));
      this.net.answerBody(exchange, bodyBytes);
      this.net.breakOff(exchange, behaviour.reset);
      this.over(exchange);
    } else if (behaviour.stallUs > 0) {
      this.net.answerHead(exchange, this.headOf(job));
      this.net.answerBody(exchange, Math.floor(bodyBytes / 2));
      job.step = "rest";
      this.net.startTimer(behaviour.stallUs, this.jobOfExchange.get(exchange) as number);
    } else {
      this.net.answer(exchange, this.headOf(job), bodyBytes);
      this.ended(job);
    }
  }

  private ended(job: Job): void {
    const connection = this.links.get(job.exchange);
    if (connection !== undefined && (this.backends[job.backend] as CaseBackend).keepalive)
      (this.idle[job.backend] as Set<number>).add(connection);
    this.over(job.exchange);
  }

  private over(exchange: number): void {
    const index = this.jobOfExchange.get(exchange);
    if (index !== undefined) (this.jobs[index] as Job).step = "over";
    this.jobOfExchange.delete(exchange);
    this.links.delete(exchange);
  }

  private switchProtocols(job: Job, protocol: string): void {
    const head: ResponseHead = { ...this.headOf(job), status: 101, reason: reasonPhrase(101) };
    this.net.answerHead(job.exchange, { ...head, headers: [...head.headers, { name: "Upgrade", value: protocol }] });
  }

  private headOf(job: Job): ResponseHead {
    const { behaviour } = job;
    const backend = this.backends[job.backend] as CaseBackend;
    const status =
      behaviour.mode === "ok" || behaviour.mode === "slow" || behaviour.mode === "truncate" ? 200 : behaviour.status;
    const location = behaviour.headers.find(({ name }) => name.toLowerCase() === "location");
    return {
      status,
      reason: reasonPhrase(status),
      setCookies:
        behaviour.setCookies.length === 0 ? NO_TEXTS : behaviour.setCookies.map((line) => new Text(this.show(line))),
      location: location === undefined ? null : new Text(this.show(location.value)),
      headers: [
        { name: "X-Lab-Backend", value: backend.name },
        ...behaviour.headers
          .filter((header) => header !== location)
          .map(({ name, value }) => ({ name, value: this.show(value) })),
      ],
      keepAlive: backend.keepalive,
    };
  }

  /** A backend that begins to refuse is a process that ended: idle connections close, running work breaks off unless it is graceful. */
  private changePhase(change: number): void {
    const { backend, phase } = this.changes[change] as { backend: number; phase: number };
    this.phase[backend] = phase;
    this.used[backend] = 0;
    const { mode, graceful } = this.current(backend);
    if (mode !== "refuse") return;
    for (const connection of this.idle[backend] as Set<number>) this.net.closeIdle(connection);
    (this.idle[backend] as Set<number>).clear();
    if (graceful) return;
    for (const job of this.jobs)
      if (job.backend === backend && job.step !== "over" && job.exchange >= 0 && this.jobOfExchange.has(job.exchange)) {
        this.net.breakOff(job.exchange, true);
        this.over(job.exchange);
      }
  }
}

function seenRequest(what: ForwardedRequest): SeenAttempt["what"] {
  const headers = new Map<string, string>();
  for (const { name, value } of what.headers) {
    const key = name.toLowerCase();
    // Lines of one name are one list, as Node's HTTP server of the recordings gave them.
    headers.set(key, headers.has(key) ? `${headers.get(key)}, ${value}` : value);
  }
  headers.set("host", what.host.text);
  if (what.cookie !== null) headers.set("cookie", what.cookie.text);
  if (what.connection === undefined) headers.set("connection", what.upgrade === null ? "Keep-Alive" : "Upgrade");
  else if (what.connection !== null) headers.set("connection", what.connection);
  if (what.upgrade !== null) headers.set("upgrade", what.upgrade);
  if (what.expectContinue) headers.set("expect", "100-Continue");
  return { url: what.target.text, host: what.host.text, headers };
}
