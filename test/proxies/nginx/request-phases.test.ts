import { describe, expect, it } from "vitest";
import { outcomes, played } from "../scripted-case.ts";
import { asked, balanced, balancer, FAMILY } from "./scripted.ts";

const status = (code: number) => ({ mode: "status", status: code });
const FAIL = "location / { return 503; }";

describe("error_page", () => {
  it("keeps the status of the error, whoever makes the page", () => {
    const own = asked(`${FAIL} error_page 503 /sorry; location /sorry { return 200 sorry; }`, {});
    expect([own.status, own.body]).toEqual([503, "sorry"]);
    const proxied = asked(`${FAIL} error_page 503 /sorry; location /sorry { proxy_pass http://app; }`, {
      path: "/x?a=1",
    });
    expect([proxied.status, proxied.backend_url]).toEqual([503, ["/sorry"]]);
    const named = asked(`${FAIL} error_page 503 @sorry; location @sorry { proxy_pass http://app; }`, {
      path: "/x?a=1",
    });
    expect([named.status, named.backend_url]).toEqual([503, ["/x?a=1"]]);
  });

  it("gives another status with =N, and that of the page with =", () => {
    const page = (answer: string) =>
      asked(`${FAIL} error_page 503 ${answer} @sorry; location @sorry { proxy_pass http://app; }`, {}, status(404))
        .status;
    expect([page("=200"), page("="), page("")]).toEqual([200, 404, 503]);
  });

  it("asks for the page with GET, but keeps HEAD and the method of a named location", () => {
    const page = "location /sorry { proxy_pass http://app; proxy_set_header X-A $request_method; }";
    const sorry = (method: string) =>
      asked(`location = / { return 503; } error_page 503 = /sorry; ${page}`, { method }).backend_headers?.[0]?.["X-A"];
    expect([sorry("POST"), sorry("HEAD")]).toEqual(["GET", "HEAD"]);
    const named = `location = / { return 503; } error_page 503 = @sorry; ${page.replace("/sorry", "@sorry")}`;
    expect(asked(named, { method: "POST" }).backend_headers?.[0]?.["X-A"]).toBe("POST");
  });

  it("redirects to an address with 302, or the redirect that it names", () => {
    const to = (answer: string) => {
      const got = asked(`${FAIL} error_page 503 ${answer} https://b.test/x;`, {});
      return [got.status, got.headers?.location];
    };
    expect(to("")).toEqual([302, "https://b.test/x"]);
    expect(to("=301")).toEqual([301, "https://b.test/x"]);
    expect(to("=200")).toEqual([302, "https://b.test/x"]);
  });

  it("is not looked for again for an error of the page, which has its own status", () => {
    expect(asked(`${FAIL} error_page 503 404 /sorry; location /sorry { return 404; }`, {}).status).toBe(404);
    expect(asked(`${FAIL} error_page 503 @none;`, {}).status).toBe(500);
  });

  it("runs the rewrites of the server again for its URI, not for a named location", () => {
    const down = (target: string) =>
      `error_page 503 ${target}; location @sorry { return 200 named; } location /sorry { return 200 page; } return 503;`;
    expect(asked(down("=200 /sorry"), {}).status).toBe(503);
    expect(asked(down("=200 @sorry"), {}).body).toBe("named");
  });

  it("takes the place of answers of the upstream only with proxy_intercept_errors", () => {
    const page = "error_page 404 =200 @sorry; location @sorry { return 200 sorry; }";
    const of = (lines: string) => asked(`location / { proxy_pass http://app; ${lines} } ${page}`, {}, status(404));
    expect([of("").status, of("").served_by]).toEqual([404, "node1"]);
    expect([of("proxy_intercept_errors on;").status, of("proxy_intercept_errors on;").body]).toEqual([200, "sorry"]);
  });

  it("leads to another upstream when nobody of the first is left", () => {
    const conf = `upstream app { server {{node1}}; } upstream spare { server {{node2}}; } server { listen {{listen}};
      location / { proxy_pass http://app; error_page 502 504 = @spare; } location @spare { proxy_pass http://spare; } }`;
    expect(outcomes(FAMILY, conf, ["refuse", "ok"], [{}])).toEqual(["1!2 200"]);
  });
});

describe("try_files", () => {
  it("goes to its last argument, for there are no files", () => {
    const to = (last: string) =>
      asked(
        `location / { try_files $uri $uri/ ${last}; } location /app { proxy_pass http://app; } location @app { proxy_pass http://app; }`,
        { path: "/x?a=1" },
      );
    expect(to("/app?q=$uri&$args").backend_url).toEqual(["/app?q=/x&a=1"]);
    expect(to("@app").backend_url).toEqual(["/x?a=1"]);
    expect(to("=418").status).toBe(418);
  });
});

describe("limits before the upstream", () => {
  it("of the body answer 413 before rewrites, and close the connection", () => {
    const server = "location / { client_max_body_size 1k; return 200; }";
    const [small, large] = [1024, 1025].map((body_bytes) =>
      asked(server, { method: "PUT", body_bytes, keepalive: true }),
    );
    expect([small?.status, small?.headers?.connection]).toEqual([200, "keep-alive"]);
    expect([large?.status, large?.headers?.connection]).toEqual([413, "close"]);
  });

  it("of access: the first rule that fits decides", () => {
    const rules = "location / { allow 127.0.0.1; deny 127.0.0.0/24; allow all; proxy_pass http://app; }";
    expect(["127.0.0.1", "127.0.0.2", "127.0.1.1"].map((from) => asked(rules, { from }).status)).toEqual([
      200, 403, 200,
    ]);
  });

  it("of limit_conn count requests in progress by key", () => {
    const conf = `limit_conn_zone $arg_k zone=z:1m; ${balancer("server {{node1}};", "limit_conn z 1; limit_conn_status 429;")}`;
    const requests = ["a", "a", "b", "", "a"].map((k, i) => ({
      path: `/?k=${k}`,
      client: `c${i}`,
      at_ms: i < 4 ? i * 10 : 700,
    }));
    const told = outcomes(FAMILY, conf, [{ mode: "slow", service_ms: 500 }], requests, { wait: "timed" });
    expect(told).toEqual(["1 200", " 429", "1 200", "1 200", "1 200"]);
  });

  it("of limit_req let the burst wait, turn away what is beyond it, or let it pass at once", () => {
    // 10 a second: one each 100 ms. All at t = 0, excess 0, 1, 2 and 3 > burst.
    const conf = (more: string) =>
      `limit_req_zone $host zone=z:1m rate=10r/s; ${balancer("server {{node1}};", `limit_req zone=z burst=2 ${more};`)}`;
    const requests = [0, 1, 2, 3].map((i) => ({ client: `c${i}` }));
    const of = (more: string) => {
      const { requests: all } = played(FAMILY, conf(more), ["ok"], requests, { wait: "timed", record_timing: true });
      return all.map(({ status: code, start_ms }) => `${code} ${start_ms?.[0] ?? "-"}`);
    };
    expect(of("")).toEqual(["200 0", "200 100", "200 200", "503 -"]);
    expect(of("nodelay")).toEqual(["200 0", "200 0", "200 0", "503 -"]);
    expect(of("delay=1")).toEqual(["200 0", "200 0", "200 100", "503 -"]);
  });
});

describe("client connections", () => {
  const kept = (lines: string, requests: readonly object[]) =>
    played(
      FAMILY,
      balancer("server {{node1}};", lines),
      ["ok"],
      requests.map((each) => ({ keepalive: true, ...each })),
      {
        record_timing: true,
      },
    );

  it("carry keepalive_requests requests", () => {
    const { requests } = kept("keepalive_requests 2;", [{}, {}, {}, {}]);
    expect(requests.map(({ reused }) => reused)).toEqual([false, true, false, true]);
  });

  it("are closed after keepalive_timeout, or at once when it is 0", () => {
    const { requests, idle_closed } = kept("keepalive_timeout 1s;", [{}, { at_ms: 500 }, { at_ms: 3000 }]);
    expect(requests.map(({ reused }) => reused)).toEqual([false, true, false]);
    expect(idle_closed?.[0]).toMatchObject({ client: "c1", after: 1, at_ms: 1500 });
    expect(kept("keepalive_timeout 0;", [{}, {}]).requests.map(({ reused }) => reused)).toEqual([false, false]);
  });

  it("are closed when they are older than keepalive_time", () => {
    const { requests } = kept("keepalive_time 1s;", [{}, { at_ms: 500 }, { at_ms: 1200 }, { at_ms: 1300 }]);
    expect(requests.map(({ reused }) => reused)).toEqual([false, true, true, false]);
  });

  it("are closed after an error of nginx's own that says so, not after an upstream's", () => {
    const [own] = kept("return 500;", [{}, {}]).requests.slice(1);
    expect(own?.reused).toBe(false);
    const text = kept("return 500 text;", [{}, {}]).requests[1];
    expect(text?.reused).toBe(true);
    const { requests } = played(
      FAMILY,
      balancer("server {{node1}};"),
      [status(500)],
      [{ keepalive: true }, { keepalive: true }],
      {
        record_timing: true,
      },
    );
    expect(requests[1]?.reused).toBe(true);
  });
});

describe("a redirect with a port", () => {
  it("names it unless it is the usual one", () => {
    const { headers } = asked("return 301 /x;", { host: "shop.test:99" });
    expect(headers?.location).toMatch(/^http:\/\/shop\.test:\d+\/x$/);
  });
});

describe("kept connections to servers", () => {
  const conf = (connection: string) => `events { worker_connections 4; } http {
    map $http_upgrade $maybe { default upgrade; "" ""; }
    upstream app { server {{node1}}; keepalive 1; }
    server { listen {{listen}};
      location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ${connection}; }
      location /other { proxy_pass http://{{node2}}; } } }`;

  it.each([
    ['""', true],
    ["$maybe", true],
    ["close", false],
  ])("with Connection %s: %s", (connection, isKept) => {
    // 4 - 1 socket - 1 channel = 2 places: one the client's, the other the kept connection's, which is not given up for
    // another upstream (spec/nginx.md C.2): 500.
    const told = outcomes(FAMILY, conf(connection), ["ok", "ok"], [{}, { path: "/other" }]);
    expect(told).toEqual(["1 200", isKept ? " 500" : "2 200"]);
  });
});

describe("a location without anything", () => {
  it("answers 404, and an upstream without a live server 502", () => {
    expect(asked("location / { }", {}).status).toBe(404);
    expect(balanced("server {{node1}} down;", "", ["ok"], [{}])).toEqual([" 502"]);
  });
});
