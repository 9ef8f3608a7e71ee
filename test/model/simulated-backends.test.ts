import { describe, expect, it } from "vitest";
import { constant } from "../../src/engine/random/distributions/constant.ts";
import { exponential } from "../../src/engine/random/distributions/exponential.ts";
import { Accept } from "../../src/model/sides.ts";
import type { BackendSpec, FaultEffect, FaultSpec } from "../../src/model/world-spec.ts";
import { always, MS, prepare, requestClass, runWorld, SECOND } from "./world-fixture.ts";

/** Single requests at these instants, to one backend. */
const single = (atMs: readonly number[], backend: Partial<BackendSpec>, faults: readonly FaultSpec[] = []) => ({
  clients: {
    arrivals: { kind: "trace", atUs: atMs.map((ms) => ms * MS) } as const,
    requestsPerSession: constant(1),
    classes: [requestClass({ session: "ignores" as const })],
  },
  backends: [backend],
  faults,
});
const fault = (effect: FaultEffect, atMs: number, forMs: number): FaultSpec => ({
  id: effect.kind,
  backends: [0],
  effect,
  timing: { kind: "scheduled", atUs: atMs * MS, forUs: forMs * MS },
});
const ends = (world: ReturnType<typeof single>) => runWorld(world).diary.finishesUs.map((us) => us / MS);

describe("SimulatedBackends", () => {
  it("serve first come first served with as many at once as their concurrency", () => {
    // Service 10 ms, two at once: 0 and 1 run until 10 and 11, the third waits for the first, the fourth for the second.
    expect(ends(single([0, 1, 2, 3], { concurrency: 2 }))).toEqual([10, 11, 20, 21]);
  });

  it("share their cores among all that run with processor sharing", () => {
    // One core: a alone until 5 (5 left), then both at half speed: a ends at 15, b has 5 left and ends at 20.
    expect(ends(single([0, 5], { discipline: "ps", cores: 1 }))).toEqual([15, 20]);
  });

  it("let requests wait for a place with processor sharing too", () => {
    expect(ends(single([0, 0, 0], { discipline: "ps", cores: 1, concurrency: 2 }))).toEqual([20, 20, 30]);
  });

  it("serve at their speed", () => {
    expect(ends(single([0], { speed: 4 }))).toEqual([2.5]);
  });

  it("answer 503 at once when the queue is full", () => {
    const { diary } = runWorld(single([0, 0, 0, 1], { concurrency: 1, queue: 2 }));
    expect(diary.outcomes).toEqual(["bad status 503", "good 200", "good 200", "good 200"]);
    expect([diary.finishesUs[0], diary.peakWaiting]).toEqual([MS, 2]);
  });

  it("refuse the connection when the queue is full and they are told so", () => {
    const { world, proxy } = prepare(single([0], { concurrency: 1, queue: 0, queueFull: "refuse" }));
    proxy.run(1);
    expect(world.backends.connect(1, 0, 500)).toBe(Accept.REFUSED);
  });

  it("have no address when their name does not resolve", () => {
    const { world } = prepare(single([0], { resolves: false }));
    expect(world.backends.connect(0, 0, 500)).toBe(Accept.NO_NAME);
    expect(world.backends.probe(0, 0, 1, { method: "GET", target: "/", host: "h" })).toBe(Accept.NO_NAME);
  });

  it("answer errors and hidden errors at their rates", () => {
    const many = {
      ...single([], { errors: { rate: 0.2, status: 502 }, hiddenErrors: 0.1 }),
      endUs: 10 * SECOND,
    };
    const arrivals = { kind: "constant", ratePerSec: 1000 } as const;
    const { diary } = runWorld({ ...many, clients: { ...many.clients, arrivals } });
    const count = (outcome: string) => diary.outcomes.filter((each) => each === outcome).length;
    // Of 10,000: 2000 errors (sd 40), and of the other 8000 a tenth (sd 26.8) hides one.
    expect(Math.abs(count("bad status 502") - 2000)).toBeLessThan(160);
    expect(Math.abs(count("hidden error 200") - 800)).toBeLessThan(108);
  });

  it("give each attempt of the proxy within one try its own chance of an error", () => {
    const world = single([], { errors: { rate: 0.5, status: 500 } });
    const closing = fault({ kind: "close", rate: 0.5 }, 0, 1e6);
    const arrivals = { kind: "constant", ratePerSec: 1000 } as const;
    const { diary } = runWorld(
      {
        ...world,
        backends: [{}, {}],
        faults: [closing, { ...closing, backends: [1] }],
        clients: { ...world.clients, arrivals },
        endUs: 4 * SECOND,
      },
      { failovers: 1 },
    );
    // Two attempts fail one time in four: 1000 of 4000, sd 27.4.
    const failed = diary.outcomes.filter((each) => each === "bad status 502").length;
    expect(Math.abs(failed - 1000)).toBeLessThan(4 * 27.4);
  });

  it("go on with the work of a client that is gone, and count it as wasted", () => {
    const world = single([0, 1], { concurrency: 1 });
    const { diary } = runWorld({ ...world, clients: { ...world.clients, patienceUs: 3 * MS } });
    expect(diary.outcomes).toEqual(["timed out 0", "timed out 0"]);
    expect([diary.wasted, diary.doneUs]).toEqual([[10 * MS, 10 * MS], 20 * MS]);
  });

  it("cancel the work of a client that is gone when they notice", () => {
    const world = single([0, 1, 8], { concurrency: 1, whenClientGone: "cancel" });
    const { diary } = runWorld({ ...world, clients: { ...world.clients, patienceUs: 10 * MS - 1 } });
    // The first is cancelled after 9.999 ms; the second waited for it, begins then and is cancelled at 10.999 ms; the
    // third begins then and has until 17.999 ms.
    expect(diary.outcomes).toEqual(["timed out 0", "timed out 0", "timed out 0"]);
    expect(diary.wasted).toEqual([9999, 1000, 7000]);
  });

  it('wait for the body behind "100 Continue" before they work', () => {
    const { diary } = runWorld(single([0, 0], { concurrency: 1 }), { expectContinue: true });
    expect(diary.finishesUs).toEqual([10 * MS, 20 * MS]);
  });

  it("are slow after a start, by a factor that falls to 1", () => {
    const cold = { coldStart: { factor: 3, forUs: 1000 * MS } };
    const world = single([0, 500, 1000, 1500], cold, [fault({ kind: "crash" }, 100, 400)]);
    // Up for long at 0. Started again at 500 ms: factor 3, halfway 2, after a second 1.
    expect(ends(world)).toEqual([10, 530, 1020, 1510]);
  });

  it("close a connection from the proxy that was idle for the limit", () => {
    const { proxy, world } = prepare(single([], { keepAliveIdleUs: 5 * SECOND }));
    expect(world.backends.connect(0, 0, 900)).toBe(Accept.ACCEPTED);
    proxy.run(5 * SECOND - 1);
    expect(proxy.idleClosed).toBe(0);
    proxy.run(5 * SECOND);
    expect(proxy.idleClosed).toBe(1);
  });

  it("answer health checks while they live", () => {
    const { proxy, world } = prepare(single([], {}));
    expect(world.backends.probe(0, 0, 7, { method: "GET", target: "/", host: "h" })).toBe(Accept.ACCEPTED);
    expect(proxy.probes).toEqual([{ probe: 7, status: 200 }]);
    expect(world.backends.probe(0, 0, 8, { method: "TCP", target: "", host: "h" })).toBe(Accept.ACCEPTED);
    expect(proxy.probes.length).toBe(1);
  });

  it("are as busy as the work they do: one core's time per FCFS request, one core in all with processor sharing", () => {
    const done = (backend: Partial<BackendSpec>) => runWorld(single([0, 5, 7], backend)).diary.doneUs / MS;
    expect(done({})).toBe(30);
    expect(done({ discipline: "ps", cores: 1 })).toBe(30);
    expect(done({ speed: 2 })).toBe(15);
  });

  it("bring the same demand to every backend, by rank, where their distributions differ", () => {
    const world = single([0], { service: exponential(10 * MS) });
    const on = (backend: number) =>
      runWorld(
        { ...world, backends: [{ service: exponential(10 * MS) }, { service: exponential(30 * MS) }] },
        { choose: always(backend) },
      ).diary.finishesUs[0] as number;
    expect(Math.abs(on(1) - 3 * on(0))).toBeLessThanOrEqual(2);
  });
});

describe("faults", () => {
  it("crash: running and waiting work is lost, connects are refused until the restart", () => {
    const { diary } = runWorld(single([0, 1, 20, 60], { concurrency: 1 }, [fault({ kind: "crash" }, 5, 45)]));
    expect(diary.outcomes).toEqual(["bad status 502", "bad status 502", "bad status 503", "good 200"]);
    expect(diary.finishesUs).toEqual([5 * MS, 5 * MS, 20 * MS, 70 * MS]);
  });

  it("blackhole: nothing is answered, what runs goes on unheard, and afterwards all is well", () => {
    const world = single([0, 20, 60], {}, [fault({ kind: "blackhole" }, 5, 45)]);
    const { diary } = runWorld({ ...world, clients: { ...world.clients, patienceUs: SECOND } });
    expect(diary.outcomes).toEqual(["good 200", "timed out 0", "timed out 0"]);
    expect(diary.finishesUs).toEqual([70 * MS, SECOND, 1020 * MS]);
    // The work was done before the requester gave up, so it is no waste.
    expect([diary.wasted, diary.doneUs]).toEqual([[], 20 * MS]);
  });

  it("blackhole: connects are silent, probes too", () => {
    const { proxy, world } = prepare(single([], {}, [fault({ kind: "blackhole" }, 1, 10)]));
    proxy.run(2 * MS);
    expect(world.backends.connect(2 * MS, 0, 9)).toBe(Accept.SILENT);
    expect(world.backends.probe(2 * MS, 0, 1, { method: "TCP", target: "", host: "" })).toBe(Accept.SILENT);
  });

  it("crash in a black hole: nobody hears of it, and the old connection is reset when it is used", () => {
    const faults = [fault({ kind: "blackhole" }, 1, 10), fault({ kind: "crash" }, 2, 2)];
    const { proxy, world, diary } = prepare(single([0], {}, faults));
    proxy.run(20 * MS);
    expect(diary.outcomes).toEqual([]);
    expect(world.backends.connect(20 * MS, 0, 900)).toBe(Accept.ACCEPTED);
  });

  it("hang: accepts and does nothing; afterwards goes on where it was", () => {
    const { diary } = runWorld(single([0, 10], {}, [fault({ kind: "hang" }, 5, 100)]));
    // The first has 5 ms left at 105 ms, the second 10.
    expect(diary.finishesUs).toEqual([110 * MS, 115 * MS]);
  });

  it('hang: sends "100 Continue" only when it goes on', () => {
    const { diary } = runWorld(single([10], {}, [fault({ kind: "hang" }, 5, 100)]), { expectContinue: true });
    expect(diary.finishesUs).toEqual([115 * MS]);
  });

  it("hang: takes requests beyond its queue's limit, and notices afterwards who has left", () => {
    const world = single([10, 10, 10, 10], { concurrency: 1, queue: 1, whenClientGone: "cancel" }, [
      fault({ kind: "hang" }, 5, 100),
    ]);
    const { diary } = runWorld({ ...world, clients: { ...world.clients, patienceUs: 50 * MS } });
    expect(diary.outcomes).toEqual(Array(4).fill("timed out 0"));
    expect([diary.wasted, diary.doneUs]).toEqual([[], 0]);
  });

  it("slow: work that has begun goes on at the new speed, and back", () => {
    const slow = [fault({ kind: "slow", factor: 10 }, 5, 20)];
    // 5 ms done by 5; 2 more by 25; 3 left.
    expect(ends(single([0], {}, slow))).toEqual([28]);
    expect(ends(single([0], { discipline: "ps" }, slow))).toEqual([28]);
  });

  it("faults of one kind add up while they overlap", () => {
    const twice = [fault({ kind: "slow", factor: 2 }, 0, 30), fault({ kind: "slow", factor: 5 }, 0, 10)];
    // 1 ms done by 10 at a tenth; then half speed: 9 ms of work until 28.
    expect(ends(single([0], {}, twice))).toEqual([28]);
  });

  it("close: takes the request and closes without an answer", () => {
    expect(runWorld(single([10], {}, [fault({ kind: "close", rate: 1 }, 0, 50)])).diary.finishesUs).toEqual([10 * MS]);
  });

  it("truncate: the answer breaks off after half of its body", () => {
    const { diary } = runWorld(single([10], {}, [fault({ kind: "truncate", rate: 1 }, 0, 50)]));
    expect(diary.outcomes).toEqual(["truncated 200"]);
  });

  it("errors and hidden errors: as long as they last", () => {
    const during = (effect: FaultEffect) => runWorld(single([10, 100], {}, [fault(effect, 0, 50)])).diary.outcomes;
    expect(during({ kind: "errors", rate: 1, status: 504 })).toEqual(["bad status 504", "good 200"]);
    expect(during({ kind: "hidden-errors", rate: 1 })).toEqual(["hidden error 200", "good 200"]);
  });

  it("refuse: what runs goes on, connects and probes are refused", () => {
    const { diary, world, proxy } = prepare(single([0, 6, 60], {}, [fault({ kind: "refuse" }, 5, 50)]));
    proxy.run(7 * MS);
    expect(world.backends.probe(7 * MS, 0, 1, { method: "GET", target: "/", host: "" })).toBe(Accept.REFUSED);
    proxy.run(200 * MS);
    expect(diary.outcomes).toEqual(["bad status 503", "good 200", "good 200"]);
  });

  it("probe errors: health checks fail, requests work", () => {
    const { diary, world, proxy } = prepare(single([10], {}, [fault({ kind: "probe-errors", status: 500 }, 0, 50)]));
    proxy.run(11 * MS);
    world.backends.probe(11 * MS, 0, 3, { method: "GET", target: "/", host: "" });
    proxy.run(100 * MS);
    expect([proxy.probes, diary.outcomes]).toEqual([[{ probe: 3, status: 500 }], ["good 200"]]);
  });

  it("hang: probes are accepted and not answered", () => {
    const { world, proxy } = prepare(single([], {}, [fault({ kind: "hang" }, 0, 50)]));
    proxy.run(1 * MS);
    expect(world.backends.probe(MS, 0, 3, { method: "GET", target: "/", host: "" })).toBe(Accept.ACCEPTED);
    proxy.run(100 * MS);
    expect(proxy.probes).toEqual([]);
  });

  it("latency: is handed to the network, and taken back", () => {
    const { proxy } = runWorld(single([], {}, [fault({ kind: "latency", addUs: 700 }, 5, 50)]));
    expect(proxy.extraLatency).toEqual([
      { backend: 0, addUs: 700 },
      { backend: 0, addUs: 0 },
    ]);
  });

  it("operate: gives the administrator's commands to whoever drives the world", () => {
    const { world, proxy } = prepare(
      single([], {}, [fault({ kind: "operate", start: "status=+D", end: "status=-D" }, 5, 50)]),
    );
    const commands: string[] = [];
    world.operate = (nowUs, backend, command) => void commands.push(`${nowUs} ${backend} ${command}`);
    proxy.run(SECOND);
    expect(commands).toEqual(["5000 0 status=+D", "55000 0 status=-D"]);
  });

  it("a tunnel is cut when its backend dies, and the backend is up or not accordingly", () => {
    const world = single([0], {}, [fault({ kind: "crash" }, 500, 100)]);
    const classes = [requestClass({ tunnel: constant(5 * SECOND), session: "ignores" })];
    const run = prepare({ ...world, clients: { ...world.clients, classes } });
    const upAndCut: [boolean, number][] = [499, 500, 599, 600].map((ms) => {
      run.proxy.run(ms * MS);
      return [run.world.backends.isUp(0), run.diary.tunnelsCut];
    });
    expect(upAndCut).toEqual([
      [true, 0],
      [false, 1],
      [false, 1],
      [true, 1],
    ]);
    expect(run.diary.outcomes).toEqual(["good 101"]);
  });
});
