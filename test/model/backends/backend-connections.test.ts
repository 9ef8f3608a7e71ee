import { describe, expect, it } from "vitest";
import { BackendConnections, ConnectionState } from "../../../src/model/backends/backend-connections.ts";
import type { Alarm } from "../../../src/model/sides.ts";

/** An alarm clock that writes down when it shall ring. */
function clock() {
  const rings: number[] = [];
  return { rings, alarm: { wakeAt: (timeUs: number) => void rings.push(timeUs) } as unknown as Alarm };
}

describe("BackendConnections", () => {
  it("has one alarm out per connection, however often it is used, and sets it again for the rest", () => {
    const { rings, alarm } = clock();
    const connections = new BackendConnections();
    connections.opened(0, 7, 0, 100, alarm);
    for (let us = 10; us <= 90; us += 10) {
      connections.state[7] = ConnectionState.BUSY;
      connections.becameIdle(us, 7, 100, alarm);
    }
    expect(rings).toEqual([100]);
    expect(connections.isOverdue(100, 7, 100, alarm)).toBe(false);
    expect(rings).toEqual([100, 190]);
    expect(connections.isOverdue(190, 7, 100, alarm)).toBe(true);
  });

  it("does not close a connection that is busy when the alarm rings", () => {
    const { rings, alarm } = clock();
    const connections = new BackendConnections();
    connections.opened(0, 0, 0, 100, alarm);
    connections.state[0] = ConnectionState.BUSY;
    expect(connections.isOverdue(100, 0, 100, alarm)).toBe(false);
    connections.becameIdle(500, 0, 100, alarm);
    expect(rings).toEqual([100, 600]);
  });

  it("rings earlier for a new connection whose backend is less patient than that of the id's last one", () => {
    const { rings, alarm } = clock();
    const connections = new BackendConnections();
    connections.opened(0, 0, 0, 1000, alarm);
    connections.opened(10, 0, 1, 50, alarm);
    expect(rings).toEqual([1000, 60]);
    expect(connections.isOverdue(60, 0, 50, alarm)).toBe(true);
    expect(connections.isOverdue(1000, 0, 50, alarm)).toBe(false);
  });
});
