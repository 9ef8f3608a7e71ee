import type { ClientRequest, ForwardedRequest, Header, ResponseHead } from "../../src/contract/http-message.ts";
import { NO_HEADERS } from "../../src/contract/http-message.ts";
import type { Outbox } from "../../src/contract/outbox.ts";
import {
  Listen,
  type MachineListener,
  type MemberInfo,
  type ProxyMachine,
  type StatusTable,
} from "../../src/contract/proxy-machine.ts";

export interface PassThroughOptions {
  readonly connectTimeoutUs?: number;
  readonly silenceUs?: number;
  /** Connections that the kernel takes; further SYNs are dropped until one is gone. */
  readonly places?: number;
}

/**
 * The smallest proxy there is: one member, one attempt per request on a connection of its own, failures answered 502. It
 * notes what it is told, with the time.
 */
export class PassThroughMachine implements ProxyMachine {
  readonly family = "pass-through";
  readonly members: readonly MemberInfo[] = [
    { name: "http://a:80", group: "all", alias: null, address: 0, weight: 1, tier: 0, role: "normal" },
  ];
  readonly addresses = ["a:80"];
  listener: MachineListener | null = null;
  readonly told: string[] = [];
  private readonly outbox: Outbox;
  private readonly options: Required<PassThroughOptions>;
  private readonly what: ClientRequest[] = [];
  private open = 0;

  constructor(outbox: Outbox, options: PassThroughOptions = {}) {
    this.outbox = outbox;
    this.options = { connectTimeoutUs: 60_000_000, silenceUs: 60_000_000, places: 1000, ...options };
  }

  page(): string {
    return "bad gateway";
  }
  keepAliveHeaders(): readonly Header[] {
    return NO_HEADERS;
  }
  start(nowUs: number): void {
    this.note(nowUs, "start");
  }
  connectionArrived(nowUs: number, connection: number): number {
    this.note(nowUs, `SYN ${connection}`);
    if (this.open >= this.options.places) return Listen.DROPPED;
    this.open++;
    return Listen.ESTABLISHED;
  }
  headStarted(nowUs: number, connection: number): void {
    this.note(nowUs, `head started ${connection}`);
  }
  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void {
    this.note(nowUs, `request ${request} on ${connection}`);
    this.what[request] = what;
    this.outbox.connect(request, request, 0, this.options.connectTimeoutUs);
  }
  clientGone(nowUs: number, connection: number): void {
    this.note(nowUs, `client gone ${connection}`);
    this.open--;
  }
  attemptConnected(nowUs: number, attempt: number): void {
    this.note(nowUs, `connected ${attempt}`);
    const { method, target, host, cookie, headers, bodyBytes } = this.what[attempt] as ClientRequest;
    const forwarded: ForwardedRequest = {
      method,
      target,
      host,
      cookie,
      headers,
      bodyBytes,
      upgrade: null,
      expectContinue: false,
      headBytes: 100,
    };
    this.outbox.send(attempt, attempt, this.options.silenceUs, forwarded);
  }
  attemptFailed(nowUs: number, attempt: number, failure: number): void {
    this.note(nowUs, `failed ${attempt} ${failure}`);
    this.fail(attempt);
  }
  requestSent(nowUs: number, attempt: number, bytes: number): void {
    this.note(nowUs, `sent ${attempt} ${bytes}`);
  }
  interim(): void {}
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    this.note(nowUs, `head ${attempt}`);
    this.outbox.relayHead(attempt, head, true);
  }
  body(nowUs: number, attempt: number, bytes: number): void {
    this.note(nowUs, `body ${attempt} ${bytes}`);
    this.outbox.relayBody(attempt, bytes);
  }
  end(nowUs: number, attempt: number): void {
    this.note(nowUs, `end ${attempt}`);
    this.outbox.relayEnd(attempt);
    this.finish(attempt);
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    this.note(nowUs, `answered ${attempt}`);
    this.outbox.relay(attempt, head, bodyBytes, true);
    this.finish(attempt);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    this.note(nowUs, `broken ${attempt} phase ${phase} cause ${cause}`);
    this.outbox.closeBackend(attempt);
    this.fail(attempt);
  }
  tunnelClosed(): void {}
  idleConnectionClosed(): void {}
  timer(): void {}
  probeResult(nowUs: number, probe: number, failure: number, status: number): void {
    this.note(nowUs, `probe ${probe} failure ${failure} status ${status}`);
  }
  operate(nowUs: number, member: number, command: string): void {
    this.note(nowUs, `operate ${member} ${command}`);
    this.outbox.probe(7, 0, 1_000_000, { method: "GET", target: "/health", host: "a" });
  }
  loadReport(nowUs: number, address: number, busy: number, ready: number): void {
    this.note(nowUs, `load report ${address} busy ${busy} ready ${ready}`);
  }
  snapshot(): readonly StatusTable[] {
    return [];
  }
  memberState(): string {
    return "Ok";
  }
  requestOfAttempt(attempt: number): number {
    return attempt;
  }
  memberOfAttempt(): number {
    return 0;
  }
  usableAgainUs(): number {
    return Number.POSITIVE_INFINITY;
  }
  isUsable(): boolean {
    return true;
  }

  private finish(attempt: number): void {
    this.outbox.closeBackend(attempt);
    this.outbox.done(attempt);
  }

  private fail(attempt: number): void {
    const head: ResponseHead = {
      status: 502,
      reason: "Bad Gateway",
      setCookies: [],
      location: null,
      headers: [],
      keepAlive: true,
    };
    this.outbox.reply(attempt, head, 0, true);
    this.outbox.done(attempt);
  }

  private note(nowUs: number, text: string): void {
    this.told.push(`${nowUs} ${text}`);
  }
}
