import { Text } from "../../contract/text.ts";
import type { Draws } from "../../engine/random/draws.ts";
import type { RequestPlace, RequestPlaces } from "../cookies/request-place.ts";
import { sizeOf } from "../sampled.ts";
import type { ClientsSpec, RequestClassSpec } from "../world-spec.ts";

/** A request class with everything worked out that is the same for all its requests. */
export class RequestClass {
  readonly spec: RequestClassSpec;
  readonly target: Text;
  readonly host: Text;
  readonly place: RequestPlace;
  readonly upgrade: string | null;
  readonly patienceUs: number;
  /** The application looks for a session. */
  readonly hasSession: boolean;
  /** Asks to switch protocols. */
  readonly isTunnel: boolean;
  /** Bytes of every request, or -1 when they are drawn. */
  private readonly constantBytes: number;
  private readonly goodStatus = new Uint8Array(1000);

  constructor(spec: RequestClassSpec, clients: ClientsSpec, places: RequestPlaces) {
    this.spec = spec;
    this.target = new Text(spec.target);
    this.host = new Text(spec.host);
    this.place = places.of(spec.target, spec.host);
    this.hasSession = spec.session !== "ignores";
    this.isTunnel = spec.tunnel !== null;
    this.upgrade = spec.tunnel === null ? null : "websocket";
    this.patienceUs = spec.patienceUs ?? clients.patienceUs;
    this.constantBytes = spec.requestBytes.cv2 === 0 ? sizeOf(spec.requestBytes.mean) : -1;
    if (spec.tunnel !== null) this.goodStatus[101] = 1;
    else for (const range of spec.good) this.goodStatus.fill(1, range.from, range.to + 1);
  }

  /** Whether a status is a good answer; a request to switch protocols is well answered only by 101. */
  isGood(status: number): boolean {
    return this.goodStatus[status] === 1;
  }

  requestBytes(draws: Draws, client: number, session: number, ordinal: number): number {
    if (this.constantBytes >= 0) return this.constantBytes;
    return sizeOf(this.spec.requestBytes.sample(draws.at(client, session, ordinal, 0)));
  }
}

/** Draws the class of each request by weight. */
export class ClassPicker {
  private readonly limits: Float64Array;

  constructor(classes: readonly RequestClassSpec[]) {
    const total = classes.reduce((sum, each) => sum + each.weight, 0);
    let sum = 0;
    this.limits = Float64Array.from(classes, (each) => {
      sum += each.weight;
      return sum / total;
    });
  }

  pick(draws: Draws, client: number, session: number, ordinal: number): number {
    const last = this.limits.length - 1;
    if (last === 0) return 0;
    const u = draws.at(client, session, ordinal).next();
    let index = 0;
    while (index < last && u >= (this.limits[index] as number)) index++;
    return index;
  }
}
