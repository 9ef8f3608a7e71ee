import { describe, expect, it } from "vitest";
import { inTurn, Pick, servers, upstreamOf } from "../upstream-of.ts";

const CONSISTENT = { kind: "hash", key: { source: "$request_uri", parts: [] }, consistent: true } as const;

// Points of 10.0.0.1:80, 10.0.0.2:80 and 10.0.0.3:80, made with Python's zlib.crc32: from the point of a key on, the servers of
// the ring are
//   /a  a b b b b b b a      /b  c a c b b a a c      /e  b b c c c a b c      /h  a a c b a b b a
describe("hash … consistent", () => {
  it("sends a key to the server of the next point of the ring", () => {
    const upstream = upstreamOf(CONSISTENT, servers({}, {}, {}));
    expect(["/a", "/b", "/e", "/h"].map((key) => inTurn(upstream, 1, key))).toEqual(["a", "c", "b", "a"]);
  });

  it("moves only the keys of a server that is down", () => {
    const upstream = upstreamOf(CONSISTENT, servers({ down: true }, {}, {}));
    expect(["/a", "/b", "/e", "/h"].map((key) => inTurn(upstream, 1, key))).toEqual(["b", "c", "b", "c"]);
  });

  it("goes on along the ring for the next attempt of a request", () => {
    const upstream = upstreamOf(CONSISTENT, servers({}, {}, {}));
    const pick = new Pick(upstream, "/e");
    const seen = [pick.next()];
    pick.end(true);
    seen.push(pick.next());
    pick.end(true);
    seen.push(pick.next());
    expect(seen).toEqual(["b", "c", "a"]);
  });

  it("does not depend on the order of the servers", () => {
    const [a, b, c] = servers({}, {}, {});
    const upstream = upstreamOf(CONSISTENT, [c, a, b] as never);
    // Letters follow the order of the file here: a = 10.0.0.3, b = 10.0.0.1, c = 10.0.0.2.
    expect(["/a", "/b", "/e", "/h"].map((key) => inTurn(upstream, 1, key))).toEqual(["b", "a", "c", "b"]);
  });

  it("lets servers with the same text take turns on their points", () => {
    const upstream = upstreamOf(CONSISTENT, servers({ text: "app:80" }, { text: "app:80" }));
    expect(inTurn(upstream, 4, "/a")).toBe("abab");
  });

  it("is round robin for an empty key", () => {
    expect(inTurn(upstreamOf(CONSISTENT, servers({}, {}, {})), 4, "")).toBe("abca");
  });
});
