import { describe, expect, it } from "vitest";
import { Text } from "../../src/contract/text.ts";
import { constant } from "../../src/engine/random/distributions/constant.ts";
import type { FaultEffect, FaultSpec } from "../../src/model/world-spec.ts";
import { always, inTurn, MS, requestClass, runWorld, SECOND, sessionStore } from "./world-fixture.ts";

// One client, three requests at 0, 1.01 s and 2.02 s (service 10 ms, think time 1 s), two backends.
const two = [{}, {}];
const at = (atUs: number, effect: FaultEffect, forUs = SECOND / 2): FaultSpec => ({
  id: "fault",
  backends: [0],
  effect,
  timing: { kind: "scheduled", atUs, forUs },
});

describe("a session's verdict", () => {
  it("is nothing but start and end while every request finds the state", () => {
    const { diary } = runWorld({ backends: two }, { choose: always(1) });
    expect(diary.sessions).toEqual(["started at 1", "ended"]);
    expect(diary.checks).toEqual([true, true]);
  });

  it("is lost elsewhere, once, when another backend processes a request while the state exists", () => {
    const { diary } = runWorld({ backends: two }, { choose: inTurn(0, 1) });
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: elsewhere", "started at 1", "ended"]);
    expect(diary.checks).toEqual([false, true]);
  });

  it("is lost once with one state, though the client wanders back to it and loses it again", () => {
    // An application that insists on known ids makes no new state: the third request finds the old one, the fourth does not.
    // Only the second and the fourth are sent by a client that has a state, so only they are checked.
    const session = sessionStore({ unknownId: "error" });
    const { diary } = runWorld(
      { backends: [{ session }, { session }], clients: { requestsPerSession: constant(4) } },
      { choose: inTurn(0, 1, 0, 1) },
    );
    expect(diary.checks).toEqual([false, false]);
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: elsewhere", "ended"]);
  });

  it("is lost again with the state that was started after the first loss", () => {
    const { diary } = runWorld({ backends: two }, { choose: inTurn(0, 1, 0) });
    expect(diary.sessions).toEqual([
      "started at 0",
      "lost from 0: elsewhere",
      "started at 1",
      "lost from 1: elsewhere",
      "started at 0",
      "ended",
    ]);
  });

  it("is not lost by going elsewhere when the store is shared", () => {
    const shared = { session: sessionStore({ store: "shared" }) };
    const { diary } = runWorld({ backends: [shared, shared] });
    expect(diary.sessions).toEqual(["started at 0", "ended"]);
  });

  it("is wiped when the process died and came back in between", () => {
    const { diary } = runWorld({ backends: two, faults: [at(100 * MS, { kind: "crash" })] }, { choose: always(0) });
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: wiped", "started at 0", "ended"]);
  });

  it("is wiped, not elsewhere, when it fails over from a dead process", () => {
    const { diary } = runWorld(
      { backends: two, faults: [at(100 * MS, { kind: "crash" }, 50 * SECOND)] },
      { choose: always(0), failovers: 1 },
    );
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: wiped", "started at 1", "ended"]);
  });

  it("survives the death of a process with a shared store", () => {
    const shared = { session: sessionStore({ store: "shared" }) };
    const { diary } = runWorld({ backends: [shared], faults: [at(100 * MS, { kind: "crash" })] });
    expect(diary.sessions).toEqual(["started at 0", "ended"]);
  });

  it("is wiped by a loss of memory without a restart", () => {
    const { diary } = runWorld({ faults: [at(100 * MS, { kind: "wipe" }, 0)] });
    expect(diary.sessions[1]).toBe("lost from 0: wiped");
    expect(diary.outcomes).toEqual(["good 200", "good 200", "good 200"]);
  });

  it("expires when the client thinks for as long as the limit", () => {
    const expiring = (expiryUs: number) => ({ backends: [{ session: sessionStore({ expiryUs }) }] });
    // Touched when the answer leaves at 10 ms; looked for when service begins at 1.01 s: 1,000,000 µs later.
    expect(runWorld(expiring(SECOND)).diary.sessions[1]).toBe("lost from 0: expired");
    expect(runWorld(expiring(SECOND + 1)).diary.sessions).toEqual(["started at 0", "ended"]);
  });

  it("is lost with the cookie not sent when its path does not match the next request", () => {
    const session = sessionStore({ attributes: "; Path=/other" });
    const { diary } = runWorld({ backends: [{ session }] });
    expect(diary.sessions.slice(0, 2)).toEqual(["started at 0", "lost from 0: cookie not sent"]);
  });

  it("is lost with the cookie not sent, each time anew, by a client without cookies", () => {
    const { diary, proxy } = runWorld({ clients: { withoutCookies: 1 } });
    expect(diary.sessions.filter((line) => line.includes("not sent")).length).toBe(2);
    expect(proxy.forwarded.every(({ cookie }) => cookie === null)).toBe(true);
  });

  it("is lost with the cookie altered when the proxy forwards another value, or none", () => {
    const other = runWorld({}, { forwardCookie: (cookie) => cookie && new Text("JSESSIONID=nonsense") });
    expect(other.diary.sessions[1]).toBe("lost from 0: cookie altered");
    const none = runWorld({}, { forwardCookie: () => null });
    expect(none.diary.sessions[1]).toBe("lost from 0: cookie altered");
  });

  it("is lost with the cookie altered when the proxy's own cookie of that name takes its place", () => {
    // HAProxy's `cookie JSESSIONID insert indirect`: its own line comes after the application's, and is taken out of requests.
    const { diary } = runWorld(
      {},
      { relayCookies: (lines) => [...lines, new Text("JSESSIONID=s1; path=/")], forwardCookie: () => null },
    );
    expect(diary.sessions.filter((line) => line.includes("altered")).length).toBe(2);
  });

  it("is lost with the cookie altered when Set-Cookie never reaches the client", () => {
    const { diary } = runWorld({}, { relayCookies: () => [] });
    expect(diary.sessions[1]).toBe("lost from 0: cookie altered");
  });

  it("is interrupted once by failures while the state exists, and again only after a good answer", () => {
    const backends = [{ session: sessionStore({ store: "shared" }) }];
    const refuse = (atUs: number) => at(atUs, { kind: "refuse" }, 100 * MS);
    const clients = { requestsPerSession: constant(6), retry: { attempts: 1, backoff: constant(0), factor: 1 } };
    // Requests at 0, 1.01, (refused twice at 2.02), 3.02, (refused twice at 4.03), 5.03 s.
    const { diary } = runWorld({ clients, backends, faults: [refuse(2 * SECOND), refuse(4 * SECOND)] });
    expect(diary.outcomes.filter((line) => line === "bad status 503").length).toBe(4);
    expect(diary.sessions).toEqual(["started at 0", "interrupted at 0", "interrupted at 0", "ended"]);
  });

  it("is not interrupted but lost when the state is gone", () => {
    const { diary } = runWorld({ faults: [at(100 * MS, { kind: "crash" }, 1 * SECOND)] });
    // The second request at 1.01 s is refused while the process is dead and its memory with it.
    expect(diary.outcomes).toEqual(["good 200", "bad status 503", "good 200"]);
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: wiped", "started at 0", "ended"]);
  });

  it("is doomed when the state is gone and the client never asked again", () => {
    const clients = { arrivals: { kind: "trace", atUs: [0] } as const, think: constant(50 * SECOND) };
    const { diary } = runWorld({ clients, endUs: 10 * SECOND, faults: [at(5 * SECOND, { kind: "crash" })] });
    expect(diary.sessions).toEqual(["started at 0", "doomed at 0", "ended"]);
  });

  it("does not begin with an answer that the client did not wait for", () => {
    const clients = { patienceUs: 5 * MS, requestsPerSession: constant(1) };
    const { diary } = runWorld({ clients });
    expect(diary.outcomes).toEqual(["timed out 0"]);
    expect(diary.sessions).toEqual(["ended"]);
  });

  it("ignores requests of classes that ignore sessions", () => {
    const clients = { classes: [requestClass({ session: "ignores" })] };
    const { diary, proxy } = runWorld({ clients });
    expect(diary.sessions).toEqual(["ended"]);
    expect(proxy.forwarded.every(({ cookie }) => cookie === null)).toBe(true);
  });
});

describe("session ids", () => {
  it("travel in the cookie as id.route, the same for the same client in every run", () => {
    const session = sessionStore({ jvmRoute: "node1" });
    const { proxy } = runWorld({ backends: [{ session }] });
    expect(proxy.forwarded.map(({ cookie }) => cookie)).toEqual([null, "JSESSIONID=0N0.node1", "JSESSIONID=0N0.node1"]);
  });

  it("travel as a path parameter when the application sets no cookie", () => {
    const session = sessionStore({ cookie: "", jvmRoute: "n1" });
    const clients = { classes: [requestClass({ target: "/app/page?x=1" })] };
    const { proxy, diary } = runWorld({ clients, backends: [{ session }] });
    expect(proxy.forwarded.map(({ target }) => target)).toEqual([
      "/app/page?x=1",
      "/app/page;jsessionid=0N0.n1?x=1",
      "/app/page;jsessionid=0N0.n1?x=1",
    ]);
    expect(diary.sessions).toEqual(["started at 0", "ended"]);
  });

  it("that nobody knows are taken over, with the backend's own route, by an application that reuses them", () => {
    const backends = [1, 2].map((n) => ({ session: sessionStore({ jvmRoute: `n${n}`, unknownId: "reuse" }) }));
    const { proxy, diary } = runWorld({ backends }, { choose: inTurn(0, 1, 1) });
    expect(proxy.forwarded.map(({ cookie }) => cookie)).toEqual([null, "JSESSIONID=0N0.n1", "JSESSIONID=0N0.n2"]);
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: elsewhere", "started at 1", "ended"]);
  });

  it("that nobody knows are answered with an error by an application that insists", () => {
    const session = sessionStore({ unknownId: "error" });
    const backends = [
      { session, errors: { rate: 0, status: 400 } },
      { session, errors: { rate: 0, status: 400 } },
    ];
    const { diary } = runWorld({ backends }, { choose: inTurn(0, 1, 1) });
    expect(diary.outcomes).toEqual(["good 200", "bad status 400", "bad status 400"]);
    expect(diary.sessions).toEqual(["started at 0", "lost from 0: elsewhere", "ended"]);
  });
});
