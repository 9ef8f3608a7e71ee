import { BreakCause, BreakPhase, type ConnectFailure } from "../../../src/contract/failure.ts";
import {
  type ClientRequest,
  type ForwardedRequest,
  NO_HEADERS,
  NO_TEXTS,
  type ResponseHead,
} from "../../../src/contract/http-message.ts";
import { Action, ActionField, Outbox, type Probe } from "../../../src/contract/outbox.ts";
import { Text } from "../../../src/contract/text.ts";
import { type ApacheMachine, buildApacheMachine } from "../../../src/proxies/apache/apache-machine.ts";
import type {
  ApacheConfig,
  BalancerConfig,
  MemberConfig,
  ServerConfig,
} from "../../../src/proxies/apache/config/apache-config.ts";
import { reasonOf } from "../../../src/proxies/apache/error-pages.ts";
import { balancer, config, member, server } from "./build-config.ts";

export interface Step {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly us: number;
  readonly ref: ForwardedRequest | ResponseHead | Probe | null;
}

const NAMES = new Map<number, string>(Object.entries(Action).map(([name, kind]) => [kind, name]));

export function answer(status: number, part: Partial<ResponseHead> = {}): ResponseHead {
  return {
    status,
    reason: reasonOf(status),
    setCookies: NO_TEXTS,
    location: null,
    headers: NO_HEADERS,
    keepAlive: true,
    ...part,
  };
}

/** A machine on the bench: told one thing at a time, its answers read off. */
export class ProxyBench {
  readonly machine: ApacheMachine;
  private readonly outbox = new Outbox();
  nowUs = 0;
  private connections = 0;
  private requests = 0;

  constructor(config: ApacheConfig, startedAtUs = 0, draw = 0) {
    this.machine = buildApacheMachine(config, {
      outbox: this.outbox,
      random: { next: () => 0.5, nextInt: () => draw },
      startedAtUs,
      epochOffsetUs: 0,
    });
    this.machine.start(startedAtUs);
  }

  /** What the machine wants done since the last look, timers left out unless asked for. */
  steps(withTimers = false): Step[] {
    const { outbox } = this;
    const steps = Array.from(
      { length: outbox.count },
      (_, i): Step => ({
        kind: NAMES.get(outbox.rows[(i << 2) | ActionField.KIND] as number) ?? "?",
        a: outbox.rows[(i << 2) | ActionField.A] as number,
        b: outbox.rows[(i << 2) | ActionField.B] as number,
        c: outbox.rows[(i << 2) | ActionField.C] as number,
        us: outbox.us[i] as number,
        ref: outbox.ref[i] ?? null,
      }),
    );
    outbox.count = 0;
    return withTimers ? steps : steps.filter(({ kind }) => !kind.endsWith("_TIMER"));
  }

  /** The same as words: "CONNECT a:8080", "SEND", "REPLY 503", "RELAY 200", "DONE". */
  words(): string[] {
    return this.steps().map((step) => {
      if (step.kind === "CONNECT") return `CONNECT ${this.machine.addresses[step.c]}`;
      if (step.ref !== null && "status" in step.ref) return `${step.kind} ${step.ref.status}`;
      return step.kind;
    });
  }

  /** The request that the last SEND sent. Throws when there was none. */
  forwarded(): ForwardedRequest {
    const ref = this.steps().findLast(({ kind }) => kind === "SEND")?.ref ?? null;
    if (ref === null || !("headBytes" in ref)) throw new Error("nothing was sent");
    return ref;
  }

  connect(listener = 0): number {
    const connection = this.connections++;
    this.machine.connectionArrived(this.nowUs, connection, "10.9.8.7", listener);
    return connection;
  }

  /** A request on a new connection (or an old one); answers its id. */
  request(part: Partial<ClientRequest> & { path?: string; cookies?: string; connection?: number } = {}): number {
    const { path = "/x", cookies, connection, ...rest } = part;
    const request = this.requests++;
    this.machine.requestArrived(this.nowUs, connection ?? this.connect(), request, {
      method: "GET",
      target: new Text(path),
      host: new Text("lab.test"),
      cookie: cookies === undefined ? null : new Text(cookies),
      headers: NO_HEADERS,
      bodyBytes: 0,
      chunked: false,
      upgrade: null,
      keepAlive: false,
      ...rest,
    });
    return request;
  }

  connected(request: number): void {
    this.machine.attemptConnected(this.nowUs, request);
  }

  fails(request: number, failure: (typeof ConnectFailure)[keyof typeof ConnectFailure]): void {
    this.machine.attemptFailed(this.nowUs, request, failure);
  }

  answers(request: number, status = 200, bodyBytes = 64): void {
    this.machine.answered(this.nowUs, request, answer(status), bodyBytes);
  }

  breaks(request: number, cause: number = BreakCause.CLOSED, phase: number = BreakPhase.HEAD): void {
    this.machine.broken(this.nowUs, request, phase, cause);
  }

  /** A whole request to a member that answers; answers the member's address. */
  served(part: Parameters<ProxyBench["request"]>[0] = {}, status = 200): string | null {
    const request = this.request(part);
    if (this.steps().some(({ kind }) => kind === "CONNECT")) this.connected(request);
    const member = this.machine.memberOfAttempt(request);
    if (member < 0) return null;
    this.answers(request, status);
    this.steps();
    return this.machine.members[member]?.name ?? null;
  }

  /** The manager's word for each member. */
  states(): string[] {
    return this.machine.members.map((_, member) => this.machine.memberState(member));
  }

  /** A column of the manager for each member of the first balancer. */
  column(name: string): (string | number | undefined)[] {
    return (this.machine.snapshot(this.nowUs)[0]?.rows ?? []).flatMap((row) =>
      "Worker URL" in row ? [row[name]] : [],
    );
  }
}

/** A bench with one balancer of these members behind `ProxyPass /`. */
export function bench(
  members: readonly MemberConfig[],
  part: Partial<BalancerConfig> = {},
  own: Partial<ServerConfig> = {},
  more: Parameters<typeof config>[0] = {},
): ProxyBench {
  return new ProxyBench(config({ balancers: [balancer(members, part)], servers: [server(own)], ...more }));
}

/** Members a, b, c with their names as routes. */
export const nodes = (...part: Partial<MemberConfig>[]): MemberConfig[] =>
  ["a", "b", "c"].slice(0, part.length).map((host, i) => member(host, { route: host, ...part[i] }));
