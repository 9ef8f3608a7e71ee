import { describe, expect, it } from "vitest";
import { replayLines, server, withFrontend } from "../replay-lines.ts";

function run(rules: readonly string[], request: object, more: object = {}) {
  return replayLines(withFrontend(...rules, server("a")), { a: { mode: "ok" } }, [request], {
    record_url: true,
    record_headers: ["location", "x-a"],
    record_backend_headers: ["x-a"],
    ...more,
  })[0];
}

describe("rules", () => {
  it("deny, return and redirect without a server; the first that ends the request counts", () => {
    expect(run(["http-request deny if { path /x }"], { path: "/x" })?.status).toBe(403);
    expect(run(["http-request deny deny_status 429"], {})?.status).toBe(429);
    expect(run(["http-request allow if { path /x }", "http-request deny"], { path: "/x" })?.status).toBe(200);
    expect(
      run(['http-request return status 200 content-type text/plain string "hi"'], {}, { record_body: true })?.body,
    ).toBe("hi");
    const redirect = run(["http-request redirect prefix http://other.test code 301"], { path: "/p?q=1" });
    expect([redirect?.status, redirect?.headers?.location, redirect?.attempts]).toEqual([
      301,
      "http://other.test/p?q=1",
      [],
    ]);
  });

  it("change path and headers on the way to the server and back", () => {
    const rules = [
      "http-request set-path /new%[path]",
      "http-request set-header X-A %[path]",
      "http-response set-header X-A back",
    ];
    const answer = run(rules, { path: "/old?q=1" });
    expect(answer?.backend_url).toEqual(["/new/old?q=1"]);
    expect(answer?.backend_headers).toEqual([{ "x-a": "/new/old" }]);
    expect(answer?.headers).toEqual({ "x-a": "back" });
  });
});
