import { describe, expect, it } from "vitest";
import { replayLines, servedBy, server, withFrontend } from "./replay-lines.ts";

const OK = { mode: "ok" };
const slow = (ms: number) => ({ mode: "slow", service_ms: ms });
const TIMED = { wait: "timed", record_timing: true };
const keepalive = { keepalive: true };

describe("keep-alive clients", () => {
  const requests = [1, 2, 3].map(() => ({ client: "k", ...keepalive }));

  it("are balanced at each request", () => {
    const lines = withFrontend("balance roundrobin", server("a"), server("b"));
    expect(servedBy(replayLines(lines, { a: OK, b: OK }, requests))).toBe("a b a");
  });

  it("stay on the server of their last connection with prefer-last-server, but not with a hash", () => {
    const rr = (reuse: string) =>
      withFrontend("option prefer-last-server", "balance roundrobin", `http-reuse ${reuse}`, server("a"), server("b"));
    expect(servedBy(replayLines(rr("never"), { a: OK, b: OK }, requests))).toBe("a a a");
    // Connections that others may use are not the session's own (recorded: prefer_last_server_shared_connections).
    expect(servedBy(replayLines(rr("safe"), { a: OK, b: OK }, requests))).toBe("a b a");
    const hash = withFrontend("option prefer-last-server", "balance uri", "http-reuse never", server("a"), server("b"));
    const paths = ["/x1", "/x2", "/x3", "/x4"].map((path) => ({ client: "k", path, ...keepalive }));
    // sdbm of "/x1" … "/x4" modulo 2: neighbours differ by one
    expect(new Set(servedBy(replayLines(hash, { a: OK, b: OK }, paths)).split(" ")).size).toBe(2);
  });

  it("keep their own connection to the server with http-reuse never, and so stay with prefer-last-server", () => {
    const lines = withFrontend("option prefer-last-server", "http-reuse never", server("a"), server("b"));
    const others = [...requests, { client: "o", ...keepalive }, { client: "k", ...keepalive }];
    expect(servedBy(replayLines(lines, { a: OK, b: OK }, others))).toBe("a a a b a");
  });

  it("wait for their last server with prefer-last-server although another one is free", () => {
    const lines = withFrontend(
      "option prefer-last-server",
      "http-reuse never",
      "balance first",
      server("a", "maxconn 1"),
      server("b"),
    );
    const script = [
      { client: "k", ...keepalive },
      { client: "o", at_ms: 500, path: "/slow" },
      { client: "k", at_ms: 600, ...keepalive },
      { client: "p", at_ms: 700 },
    ];
    const a = { mode: "ok", paths: { "/slow": slow(1000) } };
    const trace = replayLines(lines, { a, b: OK }, script, TIMED);
    expect(servedBy(trace)).toBe("a a a b");
    expect(trace[2]?.start_ms).toEqual([1500]);
  });
});

describe("queues", () => {
  it("full at the cookie's server: with redispatch a consistent hash takes the next server, not the full one", () => {
    const lines = withFrontend(
      "option redispatch",
      "cookie SRV insert",
      "balance uri",
      "hash-type consistent",
      server("a", "cookie a maxconn 1 maxqueue 1"),
      server("b", "cookie b maxconn 1 maxqueue 1"),
    );
    // Whatever the path hashes to, three requests bound to one server leave the third for the other one.
    for (const name of ["a", "b"]) {
      const script = [0, 100, 200].map((at_ms) => ({ at_ms, client: `c${at_ms}`, cookies: { SRV: name } }));
      const trace = replayLines(lines, { a: slow(1000), b: slow(1000) }, script, { wait: "timed" });
      expect(servedBy(trace)).toBe(name === "a" ? "a a b" : "b b a");
    }
  });

  it("full without redispatch: 503 at once", () => {
    const lines = withFrontend(
      "cookie SRV insert",
      server("a", "cookie a maxconn 1 maxqueue 1"),
      server("b", "cookie b"),
    );
    const script = [0, 100, 200].map((at_ms) => ({ at_ms, client: `c${at_ms}`, cookies: { SRV: "a" } }));
    const trace = replayLines(lines, { a: slow(1000), b: OK }, script, TIMED);
    expect(servedBy(trace)).toBe("a a 503");
    expect(trace[2]?.finish_ms).toBe(200);
  });

  it("of a backend are served oldest first by whichever server is free", () => {
    const lines = withFrontend("balance leastconn", server("a", "maxconn 1"), server("b", "maxconn 1"));
    const script = [0, 50, 100, 150].map((at_ms) => ({ at_ms, client: `c${at_ms}` }));
    // b is free at 450, a at 1000: the third goes to b at 450, the fourth to b at 850.
    expect(servedBy(replayLines(lines, { a: slow(1000), b: slow(400) }, script, { wait: "timed" }))).toBe("a b b b");
  });

  it("without fullconn and maxconn anywhere leave a server at its minconn", () => {
    // fullconn = 10 % of 262118: 2 requests · 10 / 26212 = 0 < minconn 1
    const lines = withFrontend(server("a", "minconn 1 maxconn 10"));
    const trace = replayLines(lines, { a: slow(500) }, [{}, { at_ms: 100, client: "d" }], TIMED);
    expect(trace[1]?.start_ms).toEqual([500]);
  });

  it("of a server that goes down without redispatch stay with it", () => {
    const lines = withFrontend(
      "retries 0",
      "cookie SRV insert",
      server("a", "cookie a maxconn 1 check inter 200 fall 1"),
      server("b", "cookie b"),
    );
    const a = [
      { from_ms: 0, ...slow(1500) },
      { from_ms: 500, mode: "refuse", graceful: true },
    ];
    const script = [0, 100].map((at_ms) => ({ at_ms, client: `c${at_ms}`, cookies: { SRV: "a" } }));
    const trace = replayLines(lines, { a, b: OK }, script, TIMED);
    // at 1500 the slot is free: the waiting request is sent to the server that is down, refused, no retry
    expect(servedBy(trace)).toBe("a 503");
    expect(trace[1]?.finish_ms).toBe(1500);
  });
});

describe("who decides", () => {
  it("force-persist and ignore-persist see the request before the backend's own rules change it", () => {
    const lines = withFrontend(
      "cookie SRV insert",
      "http-request set-path /other",
      "ignore-persist if { path_beg /static }",
      server("a", "cookie a"),
      server("b", "cookie b"),
    );
    const cookies = { SRV: "b" };
    const trace = replayLines(lines, { a: OK, b: OK }, [{ path: "/static", cookies }, { cookies }]);
    expect(servedBy(trace)).toBe("a b");
  });

  it("use-server goes before the cookie, skips a server that is down, and sets no cookie", () => {
    const lines = withFrontend(
      "cookie SRV insert",
      "use-server a if { path_beg /x }",
      "use-server c if { path_beg /x }",
      server("a", "cookie a disabled"),
      server("b", "cookie b"),
      server("c", "cookie c"),
    );
    const [first] = replayLines(lines, { a: OK, b: OK, c: OK }, [{ path: "/x", cookies: { SRV: "b" } }]);
    expect([first?.served_by, first?.set_cookie]).toEqual(["c", []]);
  });

  it("backups: the first usable one alone, all of them with allbackups", () => {
    const servers = [
      server("a", "disabled"),
      server("b", "backup disabled"),
      server("c", "backup"),
      server("d", "backup"),
    ];
    const all = { a: OK, b: OK, c: OK, d: OK };
    expect(servedBy(replayLines(withFrontend(...servers), all, [{}, {}, {}]))).toBe("c c c");
    expect(servedBy(replayLines(withFrontend("option allbackups", ...servers), all, [{}, {}, {}]))).toBe("c d c");
  });
});
