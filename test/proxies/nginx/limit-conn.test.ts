import { describe, expect, it } from "vitest";
import { LimitConnCounts } from "../../../src/proxies/nginx/limit-conn.ts";

describe("a zone of limit_conn", () => {
  it("counts each key by itself and turns away what is one too many", () => {
    const counts = new LimitConnCounts();
    expect([counts.take("a", 2), counts.take("a", 2), counts.take("a", 2), counts.take("b", 2)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    counts.give("a");
    expect([counts.take("a", 2), counts.take("a", 2)]).toEqual([true, false]);
  });
});
