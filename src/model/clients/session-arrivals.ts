import type { Draws } from "../../engine/random/draws.ts";
import type { ArrivalProcess } from "../arrivals/arrival-process.ts";
import { ClosedUsers } from "../arrivals/closed.ts";
import { makeArrivals } from "../arrivals/make-arrivals.ts";
import type { ClientNet } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import type { WorldSpec } from "../world-spec.ts";
import { ClientWake } from "./client-wake.ts";

/** Decides when sessions start: by an arrival process, or by users of whom each starts the next one. */
export class SessionArrivals {
  net: ClientNet | null = null;
  private readonly process: ArrivalProcess | null;
  private readonly users: ClosedUsers | null;
  private readonly endUs: number;
  /** Sessions that have arrived by the process. */
  private arrived = 0;
  /** Sessions started by each user. */
  private readonly started: Int32Array;

  constructor(spec: WorldSpec, draws: Draws) {
    const { arrivals } = spec.clients;
    this.process = makeArrivals(arrivals, draws);
    this.users = arrivals.kind === "closed" ? new ClosedUsers(arrivals.users, arrivals.pause, draws) : null;
    this.started = new Int32Array(arrivals.kind === "closed" ? arrivals.users : 0);
    this.endUs = spec.endUs;
  }

  start(): void {
    this.expectArrival();
    for (let user = 0; user < this.started.length; user++) this.pause(0, user);
  }

  /** The awaited session arrives: answers its client's number, and the next one is awaited. */
  arrive(): number {
    const client = this.arrived++;
    this.expectArrival();
    return client;
  }

  /** A user's pause is over: answers the number of the session that starts. */
  startOf(user: number): number {
    const session = this.started[user] as number;
    this.started[user] = session + 1;
    return session;
  }

  /** A session has ended; its user starts the next one after a pause. */
  ended(nowUs: number, client: number): void {
    if (this.users !== null) this.pause(nowUs, client);
  }

  private pause(nowUs: number, user: number): void {
    const atUs = nowUs + (this.users as ClosedUsers).pauseUs(user, this.started[user] as number);
    if (atUs < this.endUs) (this.net as ClientNet).wakeAt(atUs, wakeId(ClientWake.USER, user));
  }

  private expectArrival(): void {
    if (this.process === null) return;
    const atUs = this.process.next(this.arrived);
    if (atUs < this.endUs) (this.net as ClientNet).wakeAt(atUs, wakeId(ClientWake.ARRIVAL, 0));
  }
}
