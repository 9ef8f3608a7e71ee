import { describe, expect, it } from "vitest";
import { replayLines, servedBy, server, withFrontend } from "./replay-lines.ts";

const SET = ["SRV=x; path=/app"];

function run(cookie: string, requests: readonly object[], behaviour: object = { mode: "ok" }, more: object = {}) {
  const lines = withFrontend(`cookie ${cookie}`, server("a", "cookie s1"), server("b", "cookie s2"));
  return replayLines(lines, { a: behaviour, b: behaviour }, requests, more);
}

const setCookies = (requests: ReturnType<typeof run>) => requests.map(({ set_cookie: lines }) => lines);

/** Five digits to base 64 of a moment, in units of four seconds rounded up. */
function dateText(second: number): string {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const units = Math.ceil(second / 4);
  return [24, 18, 12, 6, 0].map((shift) => digits[(units >> shift) & 63]).join("");
}

describe("the persistence cookie", () => {
  it("is inserted with domain, HttpOnly, Secure and attributes in this order", () => {
    const [first] = run("SRV insert secure httponly domain .lab.test domain .other.test attr SameSite=Lax attr Foo", [
      {},
    ]);
    expect(first?.set_cookie).toEqual([
      "SRV=s1; path=/; domain=.lab.test; domain=.other.test; HttpOnly; Secure; SameSite=Lax; Foo",
    ]);
  });

  it("with postonly is inserted on POST alone", () => {
    expect(setCookies(run("SRV insert postonly", [{}, { method: "POST" }]))).toEqual([[], ["SRV=s2; path=/"]]);
  });

  it("of the application is kept with preserve in every mode, replaced, prefixed or deleted otherwise", () => {
    const answer = { mode: "ok", set_cookie: SET };
    const of = (cookie: string) => setCookies(run(cookie, [{}], answer))[0];
    expect(of("SRV insert preserve")).toEqual(SET);
    expect(of("SRV prefix indirect preserve")).toEqual(SET);
    expect(of("SRV insert")).toEqual(["SRV=s1; path=/"]);
    expect(of("SRV rewrite")).toEqual(["SRV=s1; path=/app"]);
    expect(of("SRV prefix")).toEqual(["SRV=s1~x; path=/app"]);
    expect(of("SRV")).toEqual(SET);
  });

  it("is deleted on a direct access with indirect even where it is only read", () => {
    const answer = { mode: "ok", set_cookie: SET };
    expect(setCookies(run("SRV indirect", [{ cookies: { SRV: "s2" } }], answer))).toEqual([[]]);
  });

  it("in prefix mode names the server with its whole value when there is no delimiter", () => {
    expect(servedBy(run("SRV prefix", [{ cookies: { SRV: "s2" } }, { cookies: { SRV: "s2~app" } }]))).toBe("b b");
  });

  it("is taken out of the request with insert indirect, of an ignored one too", () => {
    const lines = withFrontend(
      "cookie SRV insert indirect",
      "ignore-persist if { path_beg /static }",
      server("a", "cookie s1"),
      server("b", "cookie s2"),
    );
    const cookies = "x=1; SRV=s2; y=2";
    const requests = replayLines(
      lines,
      { a: { mode: "ok" }, b: { mode: "ok" } },
      [{ cookies }, { cookies, path: "/static" }, { cookies: "SRV=s2", path: "/static" }],
      { record_backend_headers: ["cookie"] },
    );
    // the ignored ones are balanced: a, b
    expect(servedBy(requests)).toBe("b a b");
    expect(requests.map((each) => each.backend_headers?.[0]?.cookie)).toEqual(["x=1; y=2", "x=1; y=2", null]);
    expect(setCookies(requests)).toEqual([[], [], []]);
  });

  it("dates are units of four seconds, rounded up; maxlife keeps the first one", () => {
    // The wall clock of a replay is its time plus nothing: second 0 at t = 0, second 20 at t = 20 s.
    expect(setCookies(run("SRV insert maxidle 60", [{ at_ms: 20_500 }]))).toEqual([[`SRV=s1|${dateText(20)}; path=/`]]);
    const first = dateText(8);
    const [again] = run("SRV insert maxidle 60 maxlife 1h", [
      { at_ms: 41_000, cookies: { SRV: `s2|${dateText(12)}|${first}` } },
    ]);
    expect(again?.served_by).toBe("b");
    // second 41 lies in the unit that ends with second 44
    expect(again?.set_cookie).toEqual([`SRV=s2|${dateText(44)}|${first}; path=/`]);
  });

  it("is not renewed while its unit of four seconds lasts", () => {
    const cookies = { SRV: `s2|${dateText(43)}` };
    expect(setCookies(run("SRV insert maxidle 60", [{ at_ms: 42_000, cookies }]))).toEqual([[]]);
  });

  it("counts for nothing when it is older than maxidle or maxlife", () => {
    // 100 - 36 = 64 > 60; 100 - 40 = 60 is not.
    const at = { at_ms: 100_000 };
    expect(servedBy(run("SRV insert maxidle 60", [{ ...at, cookies: { SRV: `s2|${dateText(36)}` } }]))).toBe("a");
    expect(servedBy(run("SRV insert maxidle 60", [{ ...at, cookies: { SRV: `s2|${dateText(40)}` } }]))).toBe("b");
    const old = { SRV: `s2|${dateText(96)}|${dateText(36)}` };
    expect(servedBy(run("SRV insert maxlife 60", [{ ...at, cookies: old }]))).toBe("a");
  });

  it("dated is replaced by one without dates where none are configured any more", () => {
    const [answer] = run("SRV insert", [{ at_ms: 41_000, cookies: { SRV: `s2|${dateText(12)}` } }]);
    expect([answer?.served_by, answer?.set_cookie]).toEqual(["b", ["SRV=s2; path=/"]]);
  });

  it("of a disabled server counts as down: another server and a new cookie", () => {
    const lines = withFrontend("cookie SRV insert", server("a", "cookie s1 disabled"), server("b", "cookie s2"));
    const [answer] = replayLines(lines, { a: { mode: "ok" }, b: { mode: "ok" } }, [{ cookies: { SRV: "s1" } }]);
    expect([answer?.served_by, answer?.set_cookie]).toEqual(["b", ["SRV=s2; path=/"]]);
  });
});
