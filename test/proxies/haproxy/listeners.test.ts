import { describe, expect, it } from "vitest";
import { replayLines, servedBy } from "./replay-lines.ts";

const slow = (ms: number) => ({ mode: "slow", service_ms: ms });

function run(lines: readonly string[], requests: readonly object[], a: object = slow(1000)) {
  const conf = [
    "defaults",
    "mode http",
    "timeout client 30s",
    "timeout connect 1s",
    "timeout server 30s",
    ...lines,
    "backend app",
    "server a {{a}}",
  ];
  return replayLines(conf, { a }, requests, { wait: "timed", record_timing: true });
}

const FE = ["frontend fe", "bind {{listen}}", "default_backend app"];
const clients = (count: number) => Array.from({ length: count }, (_, i) => ({ at_ms: i * 50, client: `c${i}` }));

describe("the accept queue", () => {
  it("is first come first served, one accepted at each end of a connection", () => {
    const trace = run([...FE, "maxconn 1", "backlog 10"], clients(3));
    expect(trace.map(({ start_ms: start }) => start)).toEqual([[0], [1000], [2000]]);
  });

  it("is one longer than the maxconn; a lost SYN comes again a second later", () => {
    // maxconn 1: one served until 1000, two wait (the second of them until 2000), the fourth SYN of 150 is lost: again at 1150,
    // when one place is free, served after the other two.
    const trace = run([...FE, "maxconn 1"], clients(4));
    expect(trace.map(({ connect_ms: connect }) => connect)).toEqual([0, 100, 100, 1200]);
    expect(trace[3]?.start_ms).toEqual([3000]);
  });

  it("of two frontends shares the global limit, in the order in which they began to wait", () => {
    const lines = ["frontend fe", "bind {{listen}}", "default_backend app", "frontend two", "bind {{listen2}}"];
    const requests = [{}, { client: "d", at_ms: 100, to: "listen2" }, { client: "e", at_ms: 200 }];
    const trace = run(["global", "maxconn 1", "defaults", "mode http", ...lines, "default_backend app"], requests);
    // the end of the first connection drains its own frontend first
    expect(trace.map(({ start_ms: start }) => start)).toEqual([[0], [2000], [1000]]);
  });
});

describe("clients that leave", () => {
  const leaving = [{}, { client: "d", at_ms: 100, abort_ms: 300 }, { client: "e", at_ms: 200 }];

  it("keep their place by default, lose it at once with abortonclose in defaults", () => {
    const queue = (option: string) => {
      const conf = [
        "defaults",
        "mode http",
        "timeout queue 9s",
        option,
        ...FE,
        "backend app",
        "server a {{a}} maxconn 1",
      ];
      return replayLines(conf, { a: slow(1000) }, leaving, { wait: "timed", record_timing: true });
    };
    expect(queue("")[2]?.start_ms).toEqual([2000]);
    expect(queue("option abortonclose")[2]?.start_ms).toEqual([1000]);
    expect(servedBy(queue("option abortonclose"))).toBe("a 0 a");
  });
});
