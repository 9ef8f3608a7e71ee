import { lengthFor, longerFloat64, longerInt32, longerUint8 } from "../../engine/growing.ts";
import type { Alarm } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import { BackendWake } from "./backend-wake.ts";

export const ConnectionState = {
  /** Unknown to the backend: never opened, or closed by it. */
  CLOSED: 0,
  IDLE: 1,
  BUSY: 2,
} as const;

const NEVER = -1;
const INITIAL = 64;

/**
 * The backends' ends of the connections from the proxy, by the driver's id. Idle limits cost no timer per request: a
 * connection has at most one alarm out, and one that rings too early is set again for the rest.
 */
export class BackendConnections {
  state = new Uint8Array(INITIAL);
  backend = new Int32Array(INITIAL);
  /** Ids ever used are below this. */
  used = 0;
  private idleSinceUs = new Float64Array(INITIAL);
  private alarmUs = new Float64Array(INITIAL).fill(NEVER);

  opened(nowUs: number, connection: number, backend: number, limitUs: number, alarm: Alarm): void {
    if (connection >= this.state.length) this.grow(connection);
    if (connection >= this.used) this.used = connection + 1;
    this.backend[connection] = backend;
    this.becameIdle(nowUs, connection, limitUs, alarm);
  }

  becameIdle(nowUs: number, connection: number, limitUs: number, alarm: Alarm): void {
    this.state[connection] = ConnectionState.IDLE;
    if (limitUs === Number.POSITIVE_INFINITY) return;
    this.idleSinceUs[connection] = nowUs;
    const armedUs = this.alarmUs[connection] as number;
    if (armedUs === NEVER || armedUs > nowUs + limitUs) this.arm(nowUs + limitUs, connection, alarm);
  }

  /** An alarm rang: true when the connection has been idle for the whole limit. */
  isOverdue(nowUs: number, connection: number, limitUs: number, alarm: Alarm): boolean {
    if (this.alarmUs[connection] !== nowUs) return false;
    this.alarmUs[connection] = NEVER;
    if (this.state[connection] !== ConnectionState.IDLE || limitUs === Number.POSITIVE_INFINITY) return false;
    const dueUs = (this.idleSinceUs[connection] as number) + limitUs;
    if (dueUs <= nowUs) return true;
    this.arm(dueUs, connection, alarm);
    return false;
  }

  private arm(atUs: number, connection: number, alarm: Alarm): void {
    this.alarmUs[connection] = atUs;
    alarm.wakeAt(atUs, wakeId(BackendWake.IDLE, connection));
  }

  private grow(connection: number): void {
    const length = lengthFor(this.state.length, connection);
    this.state = longerUint8(this.state, length);
    this.backend = longerInt32(this.backend, length);
    this.idleSinceUs = longerFloat64(this.idleSinceUs, length);
    this.alarmUs = longerFloat64(this.alarmUs, length, NEVER);
  }
}
