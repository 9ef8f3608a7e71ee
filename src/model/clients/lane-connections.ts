import { lengthFor, longerInt32 } from "../../engine/growing.ts";
import type { ClientNet } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import { ClientWake } from "./client-wake.ts";
import { LaneField, type Lanes, LaneTime } from "./lanes.ts";
import { SourceAddresses } from "./source-addresses.ts";

const NOTHING = -1;

/** The connections of the lanes, and the two clocks that run on them: patience and idleness. */
export class LaneConnections {
  net: ClientNet | null = null;
  private readonly lanes: Lanes;
  private readonly addresses: SourceAddresses;
  /** How long a client keeps an idle connection. */
  private readonly idleUs: number;
  private laneOfConnection = new Int32Array(64).fill(NOTHING);

  constructor(lanes: Lanes, addresses: number, idleUs: number) {
    this.lanes = lanes;
    this.addresses = new SourceAddresses(addresses);
    this.idleUs = idleUs;
  }

  /** Lane of a connection, or -1 when the client has let go of it. */
  laneOf(connection: number): number {
    return this.laneOfConnection[connection] as number;
  }

  /** The connection to send on: the one that is open, or a new one. */
  use(lane: number, client: number): number {
    const connection = this.lanes.rows[(lane << 4) | LaneField.CONNECTION] as number;
    if (connection < 0) return this.connect(lane, client);
    this.stopIdleTimer(lane);
    return connection;
  }

  /** The client closes the lane's connection, if it has one. */
  close(lane: number): void {
    const connection = this.lanes.rows[(lane << 4) | LaneField.CONNECTION] as number;
    if (connection < 0) return;
    this.forget(lane);
    (this.net as ClientNet).close(connection);
  }

  /** The other end closes, or has closed, the lane's connection. */
  forget(lane: number): void {
    const connection = this.lanes.rows[(lane << 4) | LaneField.CONNECTION] as number;
    if (connection < 0) return;
    this.stopIdleTimer(lane);
    this.laneOfConnection[connection] = NOTHING;
    this.lanes.rows[(lane << 4) | LaneField.CONNECTION] = NOTHING;
  }

  startPatience(lane: number, patienceUs: number): void {
    if (patienceUs === Number.POSITIVE_INFINITY) return;
    const id = wakeId(ClientWake.PATIENCE, lane);
    this.lanes.times[(lane << 3) | LaneTime.PATIENCE] = (this.net as ClientNet).startTimer(patienceUs, id);
  }

  stopPatience(lane: number): void {
    const handle = this.lanes.times[(lane << 3) | LaneTime.PATIENCE] as number;
    if (handle < 0) return;
    (this.net as ClientNet).stopTimer(handle);
    this.lanes.times[(lane << 3) | LaneTime.PATIENCE] = NOTHING;
  }

  /** Nothing runs on the lane any more. `forUs` = until it is used again, if known: a timer that cannot ring is not set. */
  rest(lane: number, forUs: number): void {
    const { idleUs } = this;
    if (
      idleUs === Number.POSITIVE_INFINITY ||
      forUs <= idleUs ||
      (this.lanes.rows[(lane << 4) | LaneField.CONNECTION] as number) < 0
    )
      return;
    this.lanes.times[(lane << 3) | LaneTime.IDLE] = (this.net as ClientNet).startTimer(
      idleUs,
      wakeId(ClientWake.IDLE, lane),
    );
  }

  /** The idle timer rang. */
  idle(lane: number): void {
    this.lanes.times[(lane << 3) | LaneTime.IDLE] = NOTHING;
    this.close(lane);
  }

  private connect(lane: number, client: number): number {
    const connection = (this.net as ClientNet).open(this.addresses.of(client), 0);
    const known = this.laneOfConnection.length;
    if (connection >= known)
      this.laneOfConnection = longerInt32(this.laneOfConnection, lengthFor(known, connection), NOTHING);
    this.laneOfConnection[connection] = lane;
    this.lanes.rows[(lane << 4) | LaneField.CONNECTION] = connection;
    this.lanes.rows[(lane << 4) | LaneField.CONNECTED] = 0;
    return connection;
  }

  private stopIdleTimer(lane: number): void {
    const handle = this.lanes.times[(lane << 3) | LaneTime.IDLE] as number;
    if (handle < 0) return;
    (this.net as ClientNet).stopTimer(handle);
    this.lanes.times[(lane << 3) | LaneTime.IDLE] = NOTHING;
  }
}
