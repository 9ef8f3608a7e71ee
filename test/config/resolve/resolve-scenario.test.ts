import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedScenario, parseScenario } from "../../../src/config/parse-scenario.ts";
import { assumptionsOf, resolveScenario } from "../../../src/config/resolve/resolve-scenario.ts";
import { mergeProxyFacts } from "../../../src/contract/proxy-facts.ts";
import { facts, member, scenario } from "./scenario-fixture.ts";

function resolved(read = scenario(), proxy = facts()) {
  const result = resolveScenario(read, proxy);
  if (result.resolved === null) throw new Error(result.problems.map((each) => each.message).join("\n"));
  return result.resolved;
}

function complaints(read = scenario(), proxy = facts()): readonly string[] {
  return resolveScenario(read, proxy).problems.map(
    ({ code, position }) => `${position?.line}:${position?.column} ${code}`,
  );
}

describe("the newcomer's scenario", () => {
  const text = `proxy: httpd.conf
clients:
  sessions: {rate: 2/s, requests: 10, think: {exponential: {mean: 5s}}}
backends:
  default: {service: {exponential: {mean: 40ms}}}
faults:
  - {at: 60s, crash: node2, for: 2m}
duration: 5m
variants: {lbmethod: [byrequests, bybusyness]}
`;
  const read = parseScenario("scenario.yaml", text, () => null).scenario;
  if (read === null) throw new Error("it was not read");

  it("becomes a world that can be run", () => {
    const { problems, resolved: result } = resolveScenario(read, facts());
    expect(problems).toEqual([]);
    expect(result).toMatchObject({ seed: 1, replications: null, phase: "random", warmUp: "auto" });
    expect(result?.world).toMatchObject({ endUs: 300_000_000, drainUs: 60_000_000, warmUpUs: 0 });
    expect(result?.world.clients.arrivals).toEqual({ kind: "poisson", ratePerSec: 2 });
    expect(result?.world.clients.think.mean).toBe(5_000_000);
    expect(result?.world.clients.requestsPerSession.mean).toBe(10);
    expect(result?.world.clients.classes).toMatchObject([
      {
        name: "GET /",
        method: "GET",
        target: "/",
        host: "www.example.org",
        session: "needs",
        good: [{ from: 200, to: 399 }],
      },
    ]);
    expect(
      result?.world.backends.map((backend) => [backend.id, backend.session.jvmRoute, backend.service.mean]),
    ).toEqual([
      ["node1", "node1", 40_000],
      ["node2", "node2", 40_000],
    ]);
    expect(result?.world.faults).toEqual([
      {
        id: "crash-node2",
        backends: [1],
        effect: { kind: "crash" },
        timing: { kind: "scheduled", atUs: 60_000_000, forUs: 120_000_000 },
      },
    ]);
    expect([...(result?.backendOfAddress ?? [])]).toEqual([
      ["10.0.0.1:8080", 0],
      ["10.0.0.2:8080", 1],
    ]);
  });

  it("says where every value comes from", () => {
    const values = new Map(resolved(read).values.map((value) => [value.key, `${value.value} <- ${value.from}`]));
    expect(values.get("proxy.file")).toBe("httpd.conf <- scenario.yaml:1");
    expect(values.get("clients.sessions.think")).toBe("{exponential: {mean: 5s}} <- scenario.yaml:3");
    expect(values.get("clients.patience")).toBe("30s <- default");
    expect(values.get("clients.classes[0].path")).toBe("/ <- httpd.conf:20");
    expect(values.get("clients.classes[0].host")).toBe("www.example.org <- proxy configuration");
    expect(values.get("backends.node1.service")).toBe("{exponential: {mean: 40ms}} <- scenario.yaml:5");
    expect(values.get("backends.node2.session.jvm-route")).toBe("node2 <- httpd.conf:12");
    expect(values.get("backends.node1.concurrency")).toBe("200 <- default");
    expect(values.get("duration")).toBe("5m <- scenario.yaml:8");
    expect(values.get("warm-up")).toBe("auto <- default");
    expect(assumptionsOf(resolved(read)).map((value) => value.key)).toContain("backends.node1.discipline");
  });
});

describe("backends", () => {
  it("have limits by default, because without one every lbmethod looks the same", () => {
    expect(resolved().world.backends[0]).toMatchObject({
      speed: 1,
      cores: 4,
      concurrency: 200,
      queue: 100,
      queueFull: "refuse",
      discipline: "ps",
      keepAlive: true,
      keepAliveIdleUs: 60_000_000,
      errors: { rate: 0, status: 500 },
      hiddenErrors: 0,
      coldStart: { factor: 1, forUs: 0 },
      sendsHeartbeats: false,
      whenClientGone: "continue",
      resolves: true,
      session: { store: "memory", cookie: "JSESSIONID", path: "/", unknownId: "new", expiryUs: 1_800_000_000 },
    });
    expect(resolved().world.backends[0]?.service.mean).toBe(40_000);
  });

  it("send heartbeats when the configuration listens, unless the scenario says otherwise", () => {
    const listening = facts({ listensForHeartbeats: true });
    const sends = (read: ParsedScenario, proxy = listening) =>
      resolved(read, proxy).world.backends.map(({ sendsHeartbeats }) => sendsHeartbeats);
    expect(sends(scenario())).toEqual([true, true]);
    expect(sends(scenario("backends: {default: {heartbeat: off}, node2: {heartbeat: on}}"))).toEqual([false, true]);
    expect(sends(scenario("backends: {default: {heartbeat: auto}}"), facts())).toEqual([false, false]);
    const values = resolved(scenario("backends: {node1: {heartbeat: off}}"), listening).values;
    expect(values.filter(({ key }) => key.endsWith(".heartbeat"))).toEqual([
      { key: "backends.node1.heartbeat", value: "off", from: "s.yaml:1" },
      { key: "backends.node2.heartbeat", value: "on", from: "proxy configuration" },
    ]);
  });

  it("are refined by address, alias or host, over what default says, session key by key", () => {
    const read = scenario(
      "backends: {default: {cores: 2, session: {store: shared, path: /a}}, node1: {speed: 3, session: {path: /b}}, 10.0.0.2: {errors: {rate: 1%}}}",
    );
    const [one, two] = resolved(read).world.backends;
    expect(one).toMatchObject({ cores: 2, speed: 3, session: { store: "shared", path: "/b" } });
    expect(two).toMatchObject({
      cores: 2,
      speed: 1,
      session: { store: "shared", path: "/a" },
      errors: { rate: 0.01, status: 500 },
    });
  });

  it("that nothing names are an error with a suggestion", () => {
    const read = scenario("backends: {noed1: {speed: 1}}");
    const { problems } = resolveScenario(read, facts());
    expect(problems).toMatchObject([
      {
        code: "unknown-backend",
        message: 'no backend is called "noed1"',
        hint: 'did you mean "node1"?',
        position: { line: 1, column: 12, length: 5 },
      },
    ]);
  });

  it("whose alias several have are an error that lists the candidates", () => {
    const proxy = facts({ members: [member(1, { aliases: ["a"] }), member(2, { aliases: ["a"] })] });
    expect(resolveScenario(scenario("backends: {a: {speed: 1}}"), proxy).problems).toMatchObject([
      {
        code: "ambiguous-backend",
        hint: "write one of: 10.0.0.1:8080, 10.0.0.2:8080",
        position: { line: 1, column: 12 },
      },
    ]);
  });

  it("have one entry each", () => {
    const read = scenario("backends: {node1: {speed: 1}, 10.0.0.1:8080: {speed: 2}}");
    expect(complaints(read)).toEqual(["1:31 duplicate-backend"]);
  });

  it("take the cookie of the configuration, unless the proxy sets that cookie itself", () => {
    const sticky = { cookie: "ROUTEID", path: "routeid" };
    const cookie = (changes: Parameters<typeof facts>[0]) =>
      resolved(scenario(), facts(changes)).world.backends[0]?.session.cookie;
    expect(cookie({ stickyCookie: sticky })).toBe("ROUTEID");
    expect(cookie({ stickyCookie: sticky, setsCookies: ["ROUTEID"] })).toBe("JSESSIONID");
    expect(cookie({ stickyCookie: null })).toBe("JSESSIONID");
  });

  it("take their route from the configuration unless the scenario says otherwise", () => {
    const read = scenario('backends: {node1: {session: {jvm-route: wrong}}, node2: {session: {jvm-route: ""}}}');
    expect(resolved(read).world.backends.map((backend) => backend.session.jvmRoute)).toEqual(["wrong", ""]);
    expect(resolved(read).values.find((value) => value.key === "backends.node1.session.jvm-route")?.from).toBe(
      "s.yaml:1",
    );
  });

  it("that share an address are one, those that share a route are a warning where the second stands", () => {
    const twice = facts({ members: [member(1), member(1, { group: "other" }), member(2)] });
    expect(resolved(scenario(), twice).world.backends.map((backend) => backend.id)).toEqual(["node1", "node2"]);
    const route = facts({ members: [member(1), member(2, { route: "node1" })] });
    const { resolved: result, problems } = resolveScenario(scenario(), route);
    expect(problems).toMatchObject([
      { code: "duplicate-route", severity: "warning", position: { file: "httpd.conf", line: 12 } },
    ]);
    expect(result).not.toBeNull();
    // A hot standby takes the sessions of its master over by its route.
    const standby = facts({ members: [member(1), member(2, { route: "node1", isStandby: true })] });
    expect(resolveScenario(scenario(), standby).problems).toEqual([]);
  });

  it("come from all variants, in the order in which they are first named", () => {
    const all = mergeProxyFacts(facts(), [
      facts({ members: [member(2), member(3)], names: ["other"], listensForHeartbeats: true }),
    ]);
    expect(all.listensForHeartbeats).toBe(true);
    expect(resolved(scenario(), all).world.backends.map((backend) => backend.id)).toEqual(["node1", "node2", "node3"]);
    expect(resolved(scenario(), all).world.clients.classes[0]?.host).toBe("www.example.org");
  });

  it("follow dns: a name that fails, and names for one machine", () => {
    const names = facts({
      members: [
        member(1, { address: "a.local:80" }),
        member(2, { address: "b.local:80" }),
        member(3, { address: "c.local:80" }),
      ],
    });
    const result = resolved(scenario("dns: {a.local: fail, b.local: 10.9.9.9, c.local: [10.9.9.9]}"), names);
    expect(result.world.backends.map((backend) => backend.resolves)).toEqual([false, true]);
    expect(result.backendOfAddress.get("b.local:80")).toBe(1);
    expect(result.backendOfAddress.get("c.local:80")).toBe(1);
    expect(complaints(scenario("dns: {d.local: fail}"), names)).toEqual(["1:7 unknown-backend"]);
  });

  it("must exist", () => {
    expect(complaints(scenario(), facts({ members: [], targets: [] }))).toEqual(["1:8 no-member"]);
  });
});

describe("the default request", () => {
  const target = (path: string, group: string, host = "") => ({ path, group, host, position: null });

  it("takes the shortest path to the only balancer", () => {
    const proxy = facts({ targets: [target("/shop/long/", "shop"), target("/shop/", "shop")] });
    expect(resolved(scenario(), proxy).world.clients.classes[0]?.target).toBe("/shop/");
  });

  it("has the port in Host when it is not the usual one", () => {
    const host = (listens: readonly string[], names: readonly string[]) =>
      resolved(scenario(), facts({ listens, names })).world.clients.classes[0]?.host;
    expect(host(["80"], ["a"])).toBe("a");
    expect(host(["443"], ["a"])).toBe("a");
    expect(host(["*:8080"], ["a"])).toBe("a:8080");
    expect(host(["[::1]:8081"], [])).toBe("localhost:8081");
    expect(host(["8080"], ["a:9"])).toBe("a:9");
    expect(host([], [])).toBe("localhost");
  });

  it("is an error when several balancers could be meant, with the paths to choose from", () => {
    const proxy = facts({ targets: [target("/a/", "one"), target("/b/", "two", "b.example")] });
    const { problems } = resolveScenario(scenario(), proxy);
    expect(problems).toMatchObject([
      {
        code: "ambiguous-target",
        message: "the configuration has 2 balancers: which one do the requests go to?",
        hint: "name a path: clients: {classes: [{path: …}]}; paths: /a/ (one), /b/ (two at b.example)",
        position: { line: 2, column: 1, length: 7 },
      },
    ]);
  });

  it("is settled by a path, with the host of the virtual host that the path leads to", () => {
    const proxy = facts({ targets: [target("/a/", "one"), target("/b/", "two", "b.example")] });
    const read = scenario("clients: {sessions: {rate: 1/s}, classes: [{path: /b/x, method: POST, weight: 3}]}");
    expect(resolved(read, proxy).world.clients.classes).toMatchObject([
      { name: "POST /b/x", target: "/b/x", host: "b.example", weight: 3 },
    ]);
  });

  it("is an error when nothing leads to a balancer", () => {
    expect(complaints(scenario(), facts({ targets: [] }))).toEqual(["2:1 no-target"]);
  });

  it("is stateless when sessions have one request or the application keeps none", () => {
    const session = (...lines: readonly string[]) => resolved(scenario(...lines)).world.clients.classes[0]?.session;
    expect(session("clients: {requests: {rate: 1/s}}")).toBe("ignores");
    expect(session("backends: {default: {session: {store: none}}}")).toBe("ignores");
    expect(session("clients: {users: {count: 3}}")).toBe("needs");
  });
});

describe("--print-config of a path in the proxy section", () => {
  it("names the line of the file key", () => {
    const values = resolved(scenario("proxy: {file: httpd.conf, instances: 2}")).values;
    expect(values.find((value) => value.key === "proxy.file")).toMatchObject({ value: "httpd.conf", from: "s.yaml:1" });
    expect(values.find((value) => value.key === "proxy.instances")).toMatchObject({ value: "2", from: "s.yaml:1" });
  });
});

describe("anything that the reader accepts", () => {
  it("can be resolved without an exception", () => {
    const time = fc.constantFrom("0s", "1us", "5s", "3h");
    const names = fc.constantFrom("node1", "node2", "nobody", "all", "10.0.0.1");
    const rate = fc.constantFrom("0/s", "1/s", "1000000/s");
    const arrivals = fc.oneof(
      fc.record({ sessions: fc.record({ rate, requests: fc.nat(5), think: time }) }),
      fc.record({ users: fc.record({ count: fc.integer({ min: 1, max: 9 }), pause: time, think: time }) }),
      fc.record({
        requests: fc.record({ curve: fc.array(fc.record({ at: time, rate }), { minLength: 1, maxLength: 3 }) }),
      }),
    );
    const fault = fc.oneof(
      fc.record({ at: time, crash: names, for: time }),
      fc.record({ hang: names, mtbf: time, mttr: time }),
      fc.record({ at: time, refuse: names, flap: fc.record({ down: time, up: time }) }),
      fc.record({ at: time, "rolling-restart": names, down: time, pause: time }),
      fc.record({ at: time, operate: names, command: fc.constantFrom("status=+D", "x"), for: time }),
    );
    const any = fc.record({
      clients: arrivals,
      faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
      backends: fc.dictionary(names, fc.record({ service: time, speed: fc.constantFrom(0.5, 2) }), { maxKeys: 2 }),
      "warm-up": fc.oneof(time, fc.constant("auto")),
      duration: time,
    });
    fc.assert(
      fc.property(any, (value) => {
        const text = JSON.stringify({ proxy: "httpd.conf", ...value });
        const read = parseScenario("s.yaml", text, () => null).scenario;
        if (read === null) throw new Error("the schema refuses it");
        const { resolved: result, problems } = resolveScenario(read, facts());
        expect(result !== null).toBe(problems.every((each) => each.severity !== "error"));
      }),
    );
  });
});
