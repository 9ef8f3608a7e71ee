import type { ClientRequest, Header, ResponseHead } from "../contract/http-message.ts";
import type { Outbox } from "../contract/outbox.ts";
import type { MachineListener, MemberInfo, ProxyMachine, StatusTable } from "../contract/proxy-machine.ts";
import { InstanceIds } from "./instance-ids.ts";
import { InstanceOutbox } from "./instance-outbox.ts";
import type { Spread } from "./spread.ts";

export interface ProxyInstancesOptions {
  /** When each instance starts; the driver starts the composite when the first of them does. */
  readonly startsAtUs: readonly number[];
  /** The outbox that the driver empties. */
  readonly outbox: Outbox;
  readonly spread: Spread;
  /** Builds one instance, of the same configuration as all; it must put its actions into the outbox that it is given. */
  build(instance: number, outbox: Outbox): ProxyMachine;
}

/**
 * Several instances of one proxy side by side, as one machine. A client connection belongs to the instance that the spread
 * gives it to, with all its requests; a repeated SYN goes where the first one went. Instances share nothing: an attempt,
 * backend connection, probe or page of instance i with number k there is k × instances + i outside, a timer k × (instances + 1)
 * + i; the lane that is left has the timers that start instances.
 */
export class ProxyInstances implements ProxyMachine {
  readonly family: string;
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  private readonly instances: readonly ProxyMachine[];
  private readonly count: number;
  private readonly timerLanes: number;
  private readonly startsAtUs: readonly number[];
  private readonly outbox: Outbox;
  private readonly spread: Spread;
  private readonly connections: InstanceIds;
  private readonly requests: InstanceIds;
  private told: MachineListener | null = null;

  constructor({ startsAtUs, outbox, spread, build }: ProxyInstancesOptions) {
    this.count = startsAtUs.length;
    this.timerLanes = this.count + 1;
    this.startsAtUs = startsAtUs;
    this.outbox = outbox;
    this.spread = spread;
    this.connections = new InstanceIds(this.count);
    this.requests = new InstanceIds(this.count);
    const { count, timerLanes, connections, requests } = this;
    this.instances = startsAtUs.map((_, instance) =>
      build(instance, new InstanceOutbox(outbox, { instance, count, timerLanes, connections, requests })),
    );
    const first = this.at(0);
    this.family = first.family;
    this.members = first.members;
    this.addresses = first.addresses;
  }

  page(id: number): string {
    return this.of(id).page(this.inside(id));
  }

  get listener(): MachineListener | null {
    return this.told;
  }
  /** Each instance is listened to as far as somebody listens to all; what it says names it and speaks of the driver's requests. */
  set listener(listener: MachineListener | null) {
    this.told = listener;
    for (const [i, instance] of this.instances.entries())
      instance.listener = listener === null ? null : this.ear(i, listener);
  }

  private ear(i: number, { decided, memberChanged, logged }: MachineListener): MachineListener {
    const name = `instance ${i + 1}`;
    return {
      ...(decided && {
        decided: (decision) =>
          decided({
            ...decision,
            request: this.requests.driverId(i, decision.request),
            group: `${decision.group}, ${name}`,
          }),
      }),
      ...(memberChanged && {
        memberChanged: (nowUs, member) => memberChanged(nowUs, member, this.memberState(member)),
      }),
      ...(logged && { logged: (nowUs, line) => logged(nowUs, `${name}: ${line}`) }),
    };
  }

  keepAliveHeaders(request: number): readonly Header[] {
    const instance = this.requests.instanceOf(request);
    return this.at(instance).keepAliveHeaders(this.requests.numberOf(request));
  }

  start(nowUs: number): void {
    for (const [i, atUs] of this.startsAtUs.entries())
      if (atUs <= nowUs) this.at(i).start(nowUs);
      else this.outbox.setTimer(i * this.timerLanes + this.count, atUs - nowUs);
  }

  // ------------------------------------------------------------ clients

  connectionArrived(nowUs: number, connection: number, remote: string, listener: number, repeated = 0): number {
    const { connections } = this;
    if (repeated === 0) connections.give(connection, this.spread(remote));
    const number = connections.numberOf(connection);
    return this.at(connections.instanceOf(connection)).connectionArrived(nowUs, number, remote, listener, repeated);
  }
  headStarted(nowUs: number, connection: number): void {
    this.ofConnection(connection).headStarted(nowUs, this.connections.numberOf(connection));
  }
  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void {
    const { connections } = this;
    const instance = connections.instanceOf(connection);
    const number = this.requests.give(request, instance);
    this.at(instance).requestArrived(nowUs, connections.numberOf(connection), number, what);
  }
  clientGone(nowUs: number, connection: number): void {
    this.ofConnection(connection).clientGone(nowUs, this.connections.numberOf(connection));
  }

  // ------------------------------------------------------------ backends

  attemptConnected(nowUs: number, attempt: number): void {
    this.of(attempt).attemptConnected(nowUs, this.inside(attempt));
  }
  attemptFailed(nowUs: number, attempt: number, failure: number): void {
    this.of(attempt).attemptFailed(nowUs, this.inside(attempt), failure);
  }
  requestSent(nowUs: number, attempt: number, bytes: number): void {
    this.of(attempt).requestSent(nowUs, this.inside(attempt), bytes);
  }
  interim(nowUs: number, attempt: number, status: number): void {
    this.of(attempt).interim(nowUs, this.inside(attempt), status);
  }
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    this.of(attempt).head(nowUs, this.inside(attempt), head);
  }
  body(nowUs: number, attempt: number, bytes: number): void {
    this.of(attempt).body(nowUs, this.inside(attempt), bytes);
  }
  end(nowUs: number, attempt: number): void {
    this.of(attempt).end(nowUs, this.inside(attempt));
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    this.of(attempt).answered(nowUs, this.inside(attempt), head, bodyBytes);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    this.of(attempt).broken(nowUs, this.inside(attempt), phase, cause);
  }
  tunnelClosed(nowUs: number, attempt: number): void {
    this.of(attempt).tunnelClosed(nowUs, this.inside(attempt));
  }
  idleConnectionClosed(nowUs: number, connection: number): void {
    this.of(connection).idleConnectionClosed(nowUs, this.inside(connection));
  }

  // ------------------------------------------------------------ clock, health, operator

  timer(nowUs: number, timer: number): void {
    const lane = timer % this.timerLanes;
    const number = (timer - lane) / this.timerLanes;
    if (lane === this.count) this.at(number).start(nowUs);
    else this.at(lane).timer(nowUs, number);
  }
  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    this.of(probe).probeResult(nowUs, this.inside(probe), failure, status, body);
  }
  /** An administrator tells all instances. */
  operate(nowUs: number, member: number, command: string): void {
    for (const instance of this.instances) instance.operate(nowUs, member, command);
  }
  loadReport(nowUs: number, address: number, busy: number, ready: number): void {
    for (const instance of this.instances) instance.loadReport(nowUs, address, busy, ready);
  }

  // ------------------------------------------------------------ questions

  snapshot(nowUs: number): readonly StatusTable[] {
    return this.instances.flatMap((instance, i) =>
      instance.snapshot(nowUs).map((table) => ({ ...table, title: `instance ${i + 1}: ${table.title}` })),
    );
  }
  /** The word that all instances have for the member, or "mixed". */
  memberState(member: number): string {
    const word = this.at(0).memberState(member);
    return this.instances.every((instance) => instance.memberState(member) === word) ? word : "mixed";
  }
  requestOfAttempt(attempt: number): number {
    return this.requests.driverId(attempt % this.count, this.of(attempt).requestOfAttempt(this.inside(attempt)));
  }
  memberOfAttempt(attempt: number): number {
    return this.of(attempt).memberOfAttempt(this.inside(attempt));
  }
  /** Whether any instance would use it. */
  isUsable(nowUs: number, member: number): boolean {
    return this.instances.some((instance) => instance.isUsable(nowUs, member));
  }
  /** When the first instance would. */
  usableAgainUs(member: number): number {
    return this.instances.reduce((us, each) => Math.min(us, each.usableAgainUs(member)), Number.POSITIVE_INFINITY);
  }

  private at(instance: number): ProxyMachine {
    return this.instances[instance] as ProxyMachine;
  }
  private ofConnection(connection: number): ProxyMachine {
    return this.at(this.connections.instanceOf(connection));
  }
  /** Instance that an id of all belongs to. */
  private of(id: number): ProxyMachine {
    return this.at(id % this.count);
  }
  /** An id of all as its instance knows it. */
  private inside(id: number): number {
    return (id - (id % this.count)) / this.count;
  }
}
