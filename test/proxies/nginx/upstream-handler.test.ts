import { describe, expect, it } from "vitest";
import { plain } from "../scripted-case.ts";
import { balanced } from "./scripted.ts";

const TWO = "server {{node1}}; server {{node2}};";
const THREE = `${TWO} server {{node3}};`;
const status = (code: number) => ({ mode: "status", status: code });

describe("a server that can't be reached", () => {
  it("costs one try and is banned, and the others go on in turn", () => {
    // 1 fails: current weights -2 1 1; of 2 and 3 (2 2) the earlier pays 2: 0 2. Then 1 3 -> 3, 2 2 -> 2, 1 3 -> 3.
    expect(balanced(THREE, "", ["refuse", "ok", "ok"], plain(4))).toEqual(["1!2 200", "3 200", "2 200", "3 200"]);
  });

  it("is given up after proxy_connect_timeout, for the next one", () => {
    const slow = "proxy_connect_timeout 300ms;";
    expect(balanced(TWO, slow, ["blackhole", "ok"], plain(2))).toEqual(["1!2 200", "2 200"]);
  });

  it("gives 504 after proxy_connect_timeout when it is the only one, each time", () => {
    const only = "server {{node1}};";
    expect(balanced(only, "proxy_connect_timeout 300ms;", ["blackhole"], plain(2))).toEqual(["1! 504", "1! 504"]);
  });

  it("hands over to the backup, and has its traffic back when a probe after the ban succeeds", () => {
    // Failed in second 0; the probe comes in second 2, later than fail_timeout + 1 s at any phase of the clock.
    const upstream = "server {{node1}} fail_timeout=1s; server {{node2}} backup;";
    const node1 = [{ mode: "refuse" }, { from_ms: 1500, mode: "ok" }];
    const requests = [0, 60, 2500, 2560].map((at_ms) => ({ at_ms }));
    expect(balanced(upstream, "", [node1, "ok"], requests)).toEqual(["1!2 200", "2 200", "1 200", "1 200"]);
  });

  it("is left out by least_conn although it has nothing in flight", () => {
    // 1 fails at -2 1 1; then 2 and 3 tie: 2 2 -> 2 (0 2). 3 has nothing in flight; a tie again: 1 3 -> 3; then 2 has fewer.
    const requests = [0, 10, 20, 30].map((at_ms) => ({ at_ms, client: `c${at_ms}` }));
    const slow = { mode: "slow", service_ms: 1000 };
    const told = balanced(`least_conn; ${THREE}`, "", ["refuse", slow, slow], requests, { wait: "timed" });
    expect(told).toEqual(["1!2 200", "3 200", "3 200", "2 200"]);
  });
});

describe("least_conn", () => {
  it("compares requests in flight for the weight, and breaks ties by smooth weighted round robin", () => {
    // Weights 2 and 1, nobody answers. Ties: 0/2 = 0/1 (2 1 -> node1, -1 1), 2/2 = 1/1 (1 2 -> node2, 1 -1), 4/2 = 2/1 (3 0 -> node1).
    const requests = [0, 10, 20, 30, 40, 50, 60].map((at_ms) => ({ at_ms, client: `c${at_ms}` }));
    const slow = { mode: "slow", service_ms: 2000 };
    const upstream = "least_conn; server {{node1}} weight=2; server {{node2}};";
    const told = balanced(upstream, "", [slow, slow], requests, { wait: "timed" });
    expect(told.map(([node]) => node).join("")).toBe("1212111");
  });

  it("goes to the backups by requests in flight, too", () => {
    const upstream = "least_conn; server {{node1}}; server {{node2}} backup; server {{node3}} backup;";
    const requests = [0, 10, 20].map((at_ms) => ({ at_ms, client: `c${at_ms}` }));
    const slow = { mode: "slow", service_ms: 1000 };
    const told = balanced(upstream, "", ["refuse", slow, slow], requests, { wait: "timed" });
    expect(told.slice(0, 2)).toEqual(["1!2 200", "3 200"]);
  });
});

describe("proxy_next_upstream", () => {
  it.each([403, 404])("http_%i goes on without a failure: the server keeps its turn", (code) => {
    // 1 and 2 in turn; the second try of a request pays only its own weight back, so 2 is next.
    const told = balanced(TWO, `proxy_next_upstream http_${code};`, [status(code), "ok"], plain(4));
    expect(told).toEqual(["12 200", "2 200", "12 200", "2 200"]);
  });

  it.each([429, 500, 502, 503, 504])(
    "http_%i bans the server that was passed over, and passes on the last try's status",
    (code) => {
      // 1 is banned, 2 was the last try: no failure. Then 2 has two tries left, fails, and nobody is left: 502 (spec 6, 2). Then nobody at all.
      const told = balanced(TWO, `proxy_next_upstream http_${code};`, [status(code), status(code)], plain(3));
      expect(told).toEqual([`12 ${code}`, "2 502", " 502"]);
    },
  );

  it("leaves statuses that it doesn't name to the client, without a failure", () => {
    expect(balanced(TWO, "", [status(503), "ok"], plain(3))).toEqual(["1 503", "2 200", "1 503"]);
  });

  it("is off when `off` stands beside other values", () => {
    expect(balanced(TWO, "proxy_next_upstream http_503 off;", [status(503), "ok"], plain(3))).toEqual([
      "1 503",
      "2 200",
      "1 503",
    ]);
  });

  it.each([
    ["POST", "http_503", "1 503"],
    ["POST", "http_503 non_idempotent", "12 200"],
    ["PATCH", "http_503", "1 503"],
    ["LOCK", "http_503", "1 503"],
    ["PUT", "http_503", "12 200"],
    ["DELETE", "http_503", "12 200"],
  ])("sends a %s with %s: %s", (method, words, expected) => {
    expect(balanced(TWO, `proxy_next_upstream ${words};`, [status(503), "ok"], [{ method }])).toEqual([expected]);
  });

  it("does not send a body again that is not kept", () => {
    const location = "proxy_request_buffering off; proxy_http_version 1.1; proxy_next_upstream error http_503;";
    expect(balanced(TWO, location, [status(503), "ok"], [{ method: "PUT", body_bytes: 50_000 }])).toEqual(["1 503"]);
    // One that fits client_body_buffer_size (16k, and a quarter more) is kept all the same.
    expect(balanced(TWO, location, [status(503), "ok"], [{ method: "PUT", body_bytes: 20_000 }])).toEqual(["12 200"]);
  });

  it("counts the first try among proxy_next_upstream_tries, which failures of any kind use up", () => {
    const tries = "proxy_next_upstream_tries 2;";
    expect(balanced(THREE, tries, ["refuse", "close", "ok"], plain(2))).toEqual(["1!2 502", "3 200"]);
  });

  it("stops when an attempt fails after proxy_next_upstream_timeout", () => {
    // 1 hangs 200 ms: within the 300 ms. 2 hangs 200 ms more: 400 ms are over.
    const location = "proxy_read_timeout 200ms; proxy_next_upstream_timeout 300ms;";
    expect(balanced(THREE, location, ["hang", "hang", "ok"], plain(1))).toEqual(["12 504"]);
  });

  it("calls a broken answer an error and a head that is too long invalid_header, which is not repeated by default", () => {
    const long = { mode: "ok", headers: { "X-Long": "x".repeat(5000) } };
    expect(balanced(TWO, "", ["close", "ok"], plain(2))).toEqual(["12 200", "2 200"]);
    expect(balanced(TWO, "", [long, "ok"], plain(3))).toEqual(["1 502", "2 200", "2 200"]);
    expect(balanced(TWO, "proxy_next_upstream invalid_header;", [long, "ok"], plain(1))).toEqual(["12 200"]);
  });
});
