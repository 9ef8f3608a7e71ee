import type { ForwardedRequest, ResponseHead } from "../contract/http-message.ts";
import { Outbox, type Probe } from "../contract/outbox.ts";
import type { InstanceIds } from "./instance-ids.ts";

/** Which instance an outbox belongs to, and how its ids are told from those of the others. */
export interface InstancePlace {
  readonly instance: number;
  readonly count: number;
  /** Timers are told apart by one more: the composite has some of its own. */
  readonly timerLanes: number;
  readonly connections: InstanceIds;
  readonly requests: InstanceIds;
}

/** The outbox of one of several machines: what it asks for goes into the common one at once, under ids that all share. */
export class InstanceOutbox extends Outbox {
  private readonly common: Outbox;
  private readonly place: InstancePlace;

  constructor(common: Outbox, place: InstancePlace) {
    super();
    this.common = common;
    this.place = place;
  }

  override connect(attempt: number, connection: number, address: number, timeoutUs: number): void {
    this.common.connect(this.ofAll(attempt), this.ofAll(connection), address, timeoutUs);
  }
  override send(attempt: number, connection: number, silenceUs: number, request: ForwardedRequest): void {
    this.common.send(this.ofAll(attempt), this.ofAll(connection), silenceUs, request);
  }
  override closeBackend(connection: number): void {
    this.common.closeBackend(this.ofAll(connection));
  }
  override relayHead(request: number, head: ResponseHead, staysOpen: boolean): void {
    this.common.relayHead(this.request(request), head, staysOpen);
  }
  override relayBody(request: number, bytes: number): void {
    this.common.relayBody(this.request(request), bytes);
  }
  override relayEnd(request: number): void {
    this.common.relayEnd(this.request(request));
  }
  override relay(request: number, head: ResponseHead, bodyBytes: number, staysOpen: boolean): void {
    this.common.relay(this.request(request), head, bodyBytes, staysOpen);
  }
  override reply(request: number, head: ResponseHead, page: number, staysOpen: boolean): void {
    this.common.reply(this.request(request), head, this.ofAll(page), staysOpen);
  }
  override drop(clientConnection: number): void {
    this.common.drop(this.connection(clientConnection));
  }
  override tunnel(request: number): void {
    this.common.tunnel(this.request(request));
  }
  override setTimer(timer: number, delayUs: number): void {
    this.common.setTimer(this.timer(timer), delayUs);
  }
  override cancelTimer(timer: number): void {
    this.common.cancelTimer(this.timer(timer));
  }
  override probe(probe: number, address: number, timeoutUs: number, what: Probe): void {
    this.common.probe(this.ofAll(probe), address, timeoutUs, what);
  }
  override refuse(clientConnection: number, head: ResponseHead, page: number): void {
    this.common.refuse(this.connection(clientConnection), head, this.ofAll(page));
  }
  override done(request: number): void {
    this.common.done(this.request(request));
  }

  /** An id that the machine gives, among those of all. */
  private ofAll(id: number): number {
    return id * this.place.count + this.place.instance;
  }
  private timer(timer: number): number {
    return timer * this.place.timerLanes + this.place.instance;
  }
  private connection(number: number): number {
    return this.place.connections.driverId(this.place.instance, number);
  }
  private request(number: number): number {
    return this.place.requests.driverId(this.place.instance, number);
  }
}
