import { describe, expect, it } from "vitest";
import { replayLines, servedBy, server, withFrontend } from "./replay-lines.ts";

const OK = { mode: "ok" };
const DEAD = { mode: "refuse" };
const TIMED = { record_timing: true };

describe("retries and redispatch", () => {
  const sticky = [{ cookies: { SRV: "a" } }];
  const switched = (redispatch: string, retries = 3) => {
    const lines = withFrontend(
      "cookie SRV insert",
      `retries ${retries}`,
      redispatch,
      server("a", "cookie a"),
      server("b", "cookie b"),
    );
    const [request] = replayLines(lines, { a: DEAD, b: OK }, sticky, TIMED);
    return [request?.served_by ?? request?.status, request?.finish_ms];
  };

  it("move a sticky client at the retry that the interval names, one turn-around of a second before each other", () => {
    expect(switched("option redispatch 1")).toEqual(["b", 0]);
    expect(switched("option redispatch 2")).toEqual(["b", 1000]);
    expect(switched("option redispatch 3")).toEqual(["b", 2000]);
    // -1 without a number: the last of three retries; -2: retries done modulo 3 + 1 − 2
    expect(switched("option redispatch")).toEqual(["b", 2000]);
    expect(switched("option redispatch -2")).toEqual(["b", 1000]);
  });

  it("end in 503 without redispatch, with interval 0 and without retries", () => {
    expect(switched("no option redispatch")).toEqual([503, 3000]);
    expect(switched("option redispatch 0")).toEqual([503, 3000]);
    expect(switched("option redispatch", 0)).toEqual([503, 0]);
  });

  it("of roundrobin move at once, and wait when only one server is left", () => {
    const lines = (...servers: string[]) => withFrontend("option redispatch", "retries 1", ...servers);
    const [first] = replayLines(lines(server("a"), server("b")), { a: DEAD, b: OK }, [{}], TIMED);
    expect([first?.served_by, first?.finish_ms]).toEqual(["b", 0]);
    const [alone] = replayLines(lines(server("a")), { a: DEAD }, [{}], TIMED);
    expect([alone?.status, alone?.finish_ms]).toEqual([503, 1000]);
  });

  it("turn around after timeout connect where that is shorter than a second", () => {
    const lines = withFrontend("retries 2", "timeout connect 300", server("a"));
    expect(replayLines(lines, { a: DEAD }, [{}], TIMED)[0]?.finish_ms).toBe(600);
  });

  it("stay with a server that is stopping: for a sticky client it runs", () => {
    const lines = withFrontend(
      "cookie SRV insert",
      "option httpchk GET /check",
      "http-check disable-on-404",
      "option redispatch",
      "retry-on 503",
      "retries 2",
      server("a", "cookie a check inter 200"),
      server("b", "cookie b"),
    );
    const a = {
      mode: "ok",
      paths: { "/check": { mode: "status", status: 404 }, "/x": { mode: "status", status: 503 } },
    };
    const [request] = replayLines(lines, { a, b: OK }, [{ at_ms: 1000, path: "/x", cookies: { SRV: "a" } }]);
    // only the last of the two retries leaves a
    expect(request?.attempts).toEqual(["a", "a", "b"]);
  });

  it("of answers happen only for what retry-on lists, for POST too, and not after disable-l7-retry", () => {
    const attempts = (words: readonly string[], behaviour: object, request: object = {}) =>
      replayLines(withFrontend("retries 2", "timeout server 500", ...words, server("a")), { a: behaviour }, [
        request,
      ])[0]?.attempts?.length;
    const fails = { mode: "status", status: 500 };
    expect(attempts(["retry-on 503"], fails)).toBe(1);
    expect(attempts(["retry-on 500"], fails, { method: "POST", body_bytes: 100 })).toBe(3);
    expect(attempts(["retry-on 500"], fails, { method: "POST", body_bytes: 17_000 })).toBe(1);
    expect(attempts(["retry-on 500", "http-request disable-l7-retry"], fails)).toBe(1);
    expect(attempts(["retry-on empty-response"], { mode: "close" })).toBe(3);
    expect(attempts(["retry-on empty-response"], { mode: "hang" })).toBe(1);
    expect(attempts(["retry-on response-timeout"], { mode: "hang" })).toBe(3);
  });

  it("that are tried again do not count as errors of observed traffic, the last one does", () => {
    const lines = (limit: number) =>
      withFrontend(
        "retry-on 500",
        "retries 2",
        server("a", `check inter 10s observe layer7 on-error mark-down error-limit ${limit}`),
      );
    const of = (limit: number) =>
      servedBy(replayLines(lines(limit), { a: { mode: "status", status: 500 } }, [{ path: "/1" }, { path: "/2" }]));
    // two requests, six answers, two errors: the limit of 3 is not reached, that of 1 at once
    expect(of(3)).toBe("a a");
    expect(of(1)).toBe("a 503");
  });
});

describe("errors", () => {
  it("have their statuses: 502 closed, 504 silent, 503 refused or timed out, the user's page where there is one", () => {
    const of = (behaviour: object, ...words: string[]) =>
      replayLines(withFrontend("retries 0", "timeout server 300", ...words, server("a")), { a: behaviour }, [{}], {
        record_body: true,
      })[0];
    expect(of({ mode: "close" })?.status).toBe(502);
    expect(of({ mode: "hang" })?.status).toBe(504);
    expect(of(DEAD)?.status).toBe(503);
    expect(of({ mode: "blackhole" })?.status).toBe(503);
    expect(of(DEAD, "errorloc 503 http://lab.test/sorry")?.status).toBe(302);
    expect(of(DEAD)?.body).toContain("<h1>503 Service Unavailable</h1>");
  });

  it("of a later request close the connection: no answer for a break, but 504 and 503", () => {
    const lines = withFrontend("retries 0", "timeout server 300", server("a"));
    const later = (a: object, more: object[] = []) => {
      const phases = [
        { from_ms: 0, mode: "ok" },
        { from_ms: 500, ...a },
      ];
      const script = [{ keepalive: true }, { keepalive: true, at_ms: 1000 }, ...more];
      const trace = replayLines(lines, { a: phases }, script);
      return trace[1]?.error ?? trace[1]?.status;
    };
    expect(later({ mode: "close" })).toBe("connection closed without a response");
    expect(later({ mode: "hang" })).toBe(504);
  });

  it("of a later request count for no server's health", () => {
    const lines = withFrontend(server("a", "check inter 10s observe layer7 error-limit 1 on-error mark-down"));
    const a = { mode: "ok", paths: { "/bad": { mode: "close" } } };
    const script = [{ keepalive: true }, { keepalive: true, path: "/bad" }, {}, { path: "/bad" }, {}];
    // the fourth is the first of its connection: 502, and the server is down
    expect(servedBy(replayLines(lines, { a }, script))).toBe("a 0 a 502 503");
  });
});
