import { Draws } from "../../engine/random/draws.ts";
import { timeOf } from "../sampled.ts";
import type { ClientsSpec, RequestClassSpec } from "../world-spec.ts";
import { ClassPicker } from "./request-class.ts";
import { type SessionSlots, SlotField } from "./session-slots.ts";

/**
 * Everything that is left to chance in a client, addressed by who it is (client, session) and which request it is
 * about. A draw that can only have one outcome is not made.
 */
export class ClientDraws {
  private readonly spec: ClientsSpec;
  private readonly slots: SessionSlots;
  private readonly picker: ClassPicker;
  private readonly session: Draws;
  private readonly think: Draws;
  private readonly class: Draws;
  private readonly retry: Draws;
  private readonly tunnel: Draws;
  private readonly constantThinkUs: number;
  private readonly constantRequests: number;

  constructor(spec: ClientsSpec, slots: SessionSlots, seed: number, replication: number) {
    this.spec = spec;
    this.slots = slots;
    this.picker = new ClassPicker(spec.classes);
    this.session = new Draws(seed, replication, "session");
    this.think = new Draws(seed, replication, "think");
    this.class = new Draws(seed, replication, "class");
    this.retry = new Draws(seed, replication, "retry");
    this.tunnel = new Draws(seed, replication, "tunnel");
    this.constantThinkUs = spec.think.cv2 === 0 ? timeOf(spec.think.mean) : -1;
    const { requestsPerSession } = spec;
    this.constantRequests = requestsPerSession.cv2 === 0 ? requestsOf(requestsPerSession.mean) : 0;
  }

  /** Number of requests of a session that starts. */
  requestCount(client: number, session: number): number {
    if (this.constantRequests > 0) return this.constantRequests;
    return requestsOf(this.spec.requestsPerSession.sample(this.session.at(client, session, 0)));
  }

  /** Whether a client never sends cookies. */
  isWithoutCookies(client: number, session: number): boolean {
    const share = this.spec.withoutCookies;
    return share > 0 && this.session.at(client, session, 1).next() < share;
  }

  classOf(slot: number, ordinal: number): number {
    const { slots } = this;
    return this.picker.pick(
      this.class,
      slots.rows[(slot << 4) | SlotField.CLIENT] as number,
      slots.rows[(slot << 4) | SlotField.SESSION] as number,
      ordinal,
    );
  }

  /** Time between the last answer and the next request of the session. */
  thinkUs(slot: number): number {
    if (this.constantThinkUs >= 0) return this.constantThinkUs;
    const { slots } = this;
    const client = slots.rows[(slot << 4) | SlotField.CLIENT] as number;
    const draws = this.think.at(
      client,
      slots.rows[(slot << 4) | SlotField.SESSION] as number,
      slots.rows[(slot << 4) | SlotField.NEXT_ORDINAL] as number,
    );
    return timeOf(this.spec.think.sample(draws));
  }

  /** Wait before try number `tryNumber` (from 1): a draw, times the factor for each try before. */
  backoffUs(slot: number, ordinal: number, tryNumber: number): number {
    const { slots } = this;
    const { backoff, factor } = this.spec.retry;
    const client = slots.rows[(slot << 4) | SlotField.CLIENT] as number;
    let waitUs = backoff.sample(
      this.retry.at(client, slots.rows[(slot << 4) | SlotField.SESSION] as number, ordinal, tryNumber),
    );
    for (let k = 1; k < tryNumber; k++) waitUs *= factor;
    return timeOf(waitUs);
  }

  /** Whether the client gives up its session now that a request has finally failed. */
  leaves(slot: number, ordinal: number): boolean {
    const { slots } = this;
    const probability = this.spec.leaveAfterFailure;
    if (probability <= 0) return false;
    const draws = this.retry.at(
      slots.rows[(slot << 4) | SlotField.CLIENT] as number,
      slots.rows[(slot << 4) | SlotField.SESSION] as number,
      ordinal,
      0,
    );
    return draws.next() < probability;
  }

  /** How long the client keeps a tunnel open. */
  tunnelUs(slot: number, ordinal: number, spec: RequestClassSpec): number {
    const { slots } = this;
    const draws = this.tunnel.at(
      slots.rows[(slot << 4) | SlotField.CLIENT] as number,
      slots.rows[(slot << 4) | SlotField.SESSION] as number,
      ordinal,
    );
    return timeOf(spec.tunnel?.sample(draws) ?? 0);
  }
}

function requestsOf(sample: number): number {
  return Math.max(1, Math.round(sample));
}
