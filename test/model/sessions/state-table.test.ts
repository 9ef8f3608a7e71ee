import { describe, expect, it } from "vitest";
import { SessionKey } from "../../../src/model/sessions/session-key.ts";
import { StateTable } from "../../../src/model/sessions/state-table.ts";
import { backendSpec, sessionStore } from "../world-fixture.ts";

const memory = backendSpec();
const shared = backendSpec({ session: sessionStore({ store: "shared" }) });
const expiring = backendSpec({ session: sessionStore({ expiryUs: 1000 }) });
const key = (id: string) => new SessionKey("ID", id);

describe("StateTable", () => {
  it("finds a state in memory only at its own backend, and not after a wipe", () => {
    const states = new StateTable([memory, memory]);
    const state = states.create(0, 0, "a", false);
    expect([states.find(key("a"), 0, 5), states.find(key("a"), 1, 5), states.find(key("b"), 0, 5)]).toEqual([
      state,
      -1,
      -1,
    ]);
    states.wipe(10, 0);
    expect(states.find(key("a"), 0, 11)).toBe(-1);
    expect(states.expiredFirst(state)).toBe(false);
  });

  it("finds a state in the shared store at every backend that uses it, also after a wipe", () => {
    const states = new StateTable([shared, shared, memory]);
    const state = states.create(0, 0, "a", false);
    states.wipe(1, 0);
    expect([0, 1, 2].map((backend) => states.find(key("a"), backend, 2))).toEqual([state, state, -1]);
  });

  it("lets a state expire when it was idle for exactly the limit, and remembers that it did so before a wipe", () => {
    const states = new StateTable([expiring]);
    const state = states.create(0, 0, "a", false);
    states.touch(state, 500);
    expect([states.exists(state, 1499), states.exists(state, 1500)]).toEqual([true, false]);
    states.wipe(1600, 0);
    expect(states.expiredFirst(state)).toBe(true);
  });

  it("keeps instants beyond 2^32 µs, an hour and more, exactly", () => {
    const states = new StateTable([expiring]);
    const hours = 9_000_000_000;
    const state = states.create(hours, 0, "a", false);
    expect([states.exists(state, hours + 999), states.exists(state, hours + 1000)]).toEqual([true, false]);
  });

  it("does not take a new state for the old one whose index it has", () => {
    const states = new StateTable([memory]);
    const old = key("a");
    const first = states.create(0, 0, "a", false);
    expect(states.lookUp(old)).toBe(first);
    states.release(first);
    expect(states.create(0, 0, "b", false)).toBe(first);
    expect([states.lookUp(old), states.lookUp(key("b"))]).toEqual([-1, first]);
  });

  it("keeps states of one id at several backends apart", () => {
    const states = new StateTable([memory, memory, memory]);
    const [a, b, c] = [0, 1, 2].map((backend) => states.create(0, backend, "x", false)) as [number, number, number];
    expect([0, 1, 2].map((backend) => states.find(key("x"), backend, 0))).toEqual([a, b, c]);
    states.release(b);
    expect([0, 1, 2].map((backend) => states.find(key("x"), backend, 0))).toEqual([a, -1, c]);
    states.release(c);
    states.release(a);
    expect(states.find(key("x"), 0, 0)).toBe(-1);
    expect(states.count).toBe(0);
  });

  it("grows beyond its first size without mixing anything up", () => {
    const states = new StateTable([memory]);
    for (let i = 0; i < 500; i++) states.create(i, 0, `id${i}`, false);
    for (const i of [0, 63, 64, 499]) expect(states.find(key(`id${i}`), 0, 500)).toBe(i);
  });
});
