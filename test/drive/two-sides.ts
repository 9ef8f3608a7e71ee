import type { ClientRequest, ForwardedRequest, ResponseHead } from "../../src/contract/http-message.ts";
import { Outbox } from "../../src/contract/outbox.ts";
import { Text } from "../../src/contract/text.ts";
import { Drive } from "../../src/drive/drive.ts";
import { Accept, type BackendNet, type BackendSide, type ClientNet, type ClientSide } from "../../src/model/sides.ts";
import { PassThroughMachine, type PassThroughOptions } from "./pass-through-machine.ts";

export const OK: ResponseHead = {
  status: 200,
  reason: "OK",
  setCookies: [],
  location: null,
  headers: [],
  keepAlive: true,
};

export function aRequest(): ClientRequest {
  return {
    method: "GET",
    target: new Text("/"),
    host: new Text("a"),
    cookie: null,
    headers: [],
    bodyBytes: 10,
    chunked: false,
    upgrade: null,
    keepAlive: true,
  };
}

/** Clients that do what a test says when an alarm rings, and note what they see. */
export class NotingClients implements ClientSide {
  net!: ClientNet;
  readonly seen: string[] = [];
  private readonly steps: ((net: ClientNet, nowUs: number) => void)[] = [];
  private readonly times: number[] = [];

  at(timeUs: number, step: (net: ClientNet, nowUs: number) => void): this {
    this.steps.push(step);
    this.times.push(timeUs);
    return this;
  }
  start(net: ClientNet): void {
    this.net = net;
    for (const [i, timeUs] of this.times.entries()) net.wakeAt(timeUs, i);
  }
  wake(nowUs: number, id: number): void {
    this.steps[id]?.(this.net, nowUs);
  }
  connected(nowUs: number, connection: number): void {
    this.seen.push(`${nowUs} connected ${connection}`);
  }
  answered(nowUs: number, request: number, head: ResponseHead, bytes: number): void {
    this.seen.push(`${nowUs} answered ${request} ${head.status} ${bytes}`);
  }
  answerHead(nowUs: number, request: number): void {
    this.seen.push(`${nowUs} head ${request}`);
  }
  answerBody(nowUs: number, request: number, bytes: number): void {
    this.seen.push(`${nowUs} body ${request} ${bytes}`);
  }
  answerEnd(nowUs: number, request: number): void {
    this.seen.push(`${nowUs} end ${request}`);
  }
  refused(nowUs: number, connection: number): void {
    this.seen.push(`${nowUs} refused ${connection}`);
  }
  closed(nowUs: number, connection: number, request: number): void {
    this.seen.push(`${nowUs} closed ${connection} ${request}`);
  }
}

/** One backend that answers after `serviceUs`, or as a test says. */
export class NotingBackends implements BackendSide {
  net!: BackendNet;
  accept: number = Accept.ACCEPTED;
  probeAccept: number = Accept.ACCEPTED;
  answerWith: (net: BackendNet, exchange: number) => void = (net, exchange) => net.answer(exchange, OK, 64);
  readonly seen: string[] = [];
  private readonly serviceUs: number;

  constructor(serviceUs: number) {
    this.serviceUs = serviceUs;
  }
  start(net: BackendNet): void {
    this.net = net;
  }
  wake(_nowUs: number, exchange: number): void {
    this.answerWith(this.net, exchange);
  }
  connect(nowUs: number): number {
    this.seen.push(`${nowUs} SYN`);
    return this.accept;
  }
  request(
    nowUs: number,
    _backend: number,
    _connection: number,
    exchange: number,
    _request: number,
    what: ForwardedRequest,
  ): void {
    this.seen.push(`${nowUs} request ${what.target.text}`);
    if (this.serviceUs >= 0) this.net.wakeAt(nowUs + this.serviceUs, exchange);
  }
  bodyFollows(): void {}
  abandoned(nowUs: number): void {
    this.seen.push(`${nowUs} abandoned`);
  }
  connectionClosed(): void {}
  tunnelClosed(): void {}
  probe(nowUs: number, _backend: number, probe: number): number {
    this.seen.push(`${nowUs} probe`);
    if (this.probeAccept === Accept.ACCEPTED) this.net.probeAnswer(probe, 204, "");
    return this.probeAccept;
  }
}

export interface Stage {
  readonly drive: Drive;
  readonly machine: PassThroughMachine;
  readonly attempts: string[];
}

/** A driver between the two sides, started. */
export function stage(
  clients: ClientSide,
  backends: BackendSide,
  options: PassThroughOptions & { hopUs?: number; backendOfAddress?: readonly number[] } = {},
): Stage {
  const { backendOfAddress = [0] } = options;
  const outbox = new Outbox();
  const machine = new PassThroughMachine(outbox, options);
  const attempts: string[] = [];
  const drive = new Drive({
    machine,
    outbox,
    clients,
    backends,
    backendCount: Math.max(...backendOfAddress) + 1,
    backendOfAddress,
    clientHopUs: options.hopUs ?? 0,
    backendHopUs: options.hopUs ?? 0,
    startedAtUs: -1000,
    listener: {
      attemptStarted: (nowUs, request) => attempts.push(`${nowUs} started ${request}`),
      attemptReached: (nowUs, request) => attempts.push(`${nowUs} reached ${request}`),
      attemptEnded: (nowUs, request, _attempt, status, failure, bytes) =>
        attempts.push(`${nowUs} ended ${request} ${status} ${failure} ${bytes}`),
      requestDone: (nowUs, request) => attempts.push(`${nowUs} done ${request}`),
    },
  });
  drive.start();
  return { drive, machine, attempts };
}
