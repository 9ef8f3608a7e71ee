import { describe, expect, it } from "vitest";
import { Outbox } from "../../../src/contract/outbox.ts";
import {
  type BackendConnection,
  BackendConnections,
  ConnectionPool,
} from "../../../src/proxies/apache/connection-pool.ts";

function poolOf(limits: { max?: number; smax?: number; ttlUs?: number } = {}) {
  const connections = new BackendConnections(new Outbox());
  const max = limits.max ?? 8;
  const pool = new ConnectionPool({ max, smax: limits.smax ?? max, ttlUs: limits.ttlUs ?? 0 }, connections);
  const opened = (): BackendConnection => {
    const place = pool.take(0) as BackendConnection;
    connections.open(place);
    return place;
  };
  return { connections, pool, opened };
}

describe("a pool of backend connections", () => {
  it("gives the place used last, whether its connection still stands or not", () => {
    const { connections, pool, opened } = poolOf();
    const [first, second] = [opened(), opened()];
    pool.give(1, first);
    pool.give(2, second);
    connections.lost(second);
    expect(pool.take(3)).toBe(second);
    expect(second.open).toBe(false);
    expect(pool.take(3)).toBe(first);
  });

  it("has no more places than max", () => {
    const { pool, opened } = poolOf({ max: 1 });
    const only = opened();
    expect(pool.take(0)).toBeNull();
    pool.give(0, only);
    expect(pool.take(0)).toBe(only);
  });

  it("does not use a connection that was idle for ttl, and makes a new place instead", () => {
    const { pool, opened } = poolOf({ max: 1, ttlUs: 1000 });
    const old = opened();
    pool.give(0, old);
    expect(pool.take(999)).toBe(old);
    pool.give(999, old);
    const fresh = pool.take(1999);
    expect(fresh).not.toBe(old);
    expect(old.open).toBe(false);
  });

  it("keeps no more than smax idle places for longer than ttl", () => {
    const { pool, opened } = poolOf({ smax: 1 });
    const [first, second] = [opened(), opened()];
    pool.give(0, first);
    pool.give(0, second);
    expect([first.open, second.open]).toEqual([false, true]);
  });

  it("names a closed connection's id to nobody", () => {
    const { connections, opened } = poolOf();
    const place = opened();
    expect(connections.ownerOf(place.id)).toBe(place);
    connections.close(place);
    expect(connections.ownerOf(place.id)).toBeNull();
  });
});
