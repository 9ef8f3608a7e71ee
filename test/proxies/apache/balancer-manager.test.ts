import { describe, expect, it } from "vitest";
import { BalancerManager, formatSize } from "../../../src/proxies/apache/balancer-manager.ts";
import { recordedManagerRows } from "../../../src/proxies/apache/recorded-manager-rows.ts";
import { balancerOf } from "./balancer-of.ts";
import { member } from "./build-config.ts";

describe("the balancer-manager", () => {
  it("rounds sizes as it does in life", () => {
    const shown = [0, 972, 1000, 1275, 1890, 9815, 10_015, 12_180, 20_567, 1_500_000].map(formatSize);
    expect(shown).toEqual(["0", "972", "1.0K", "1.2K", "1.8K", "9.6K", "9.8K", "12K", "20K", "1.4M"]);
  });

  it("shows a row per balancer and per member, and the conditions of health checks at the end", () => {
    const of = balancerOf([member("a", { route: "a", factor: 150 })], {
      stickySession: { cookie: "S", path: "s" },
      nofailover: true,
      timeoutUs: 2_000_000,
    });
    const manager = new BalancerManager([of], { ok: "{hc('body') =~ /x/}" }, true);
    const [own, first, last] = recordedManagerRows(manager.tables());
    expect(own).toEqual({
      balancer: "b",
      balancer_row: {
        MaxMembers: "1 [1 Used]",
        StickySession: "S|s",
        DisableFailover: "On",
        Timeout: "2",
        FailoverAttempts: "0",
        Method: "byrequests",
        Path: "/",
        Active: "Yes",
      },
    });
    expect(first).toMatchObject({ balancer: "b", "Worker URL": "http://a:8080", Factor: "1.50", Passes: "1 (0)" });
    expect(last).toEqual({ balancer: "b", balancer_row: { "Expr name": "ok", Expression: "hc('body') =~ /x/" } });
  });

  it("has no columns of health checks without the module", () => {
    const [table] = new BalancerManager([balancerOf([member("a")])], { ok: "{true}" }, false).tables();
    expect(table?.rows).toHaveLength(2);
    expect(table?.rows[1]).not.toHaveProperty("HC Method");
  });
});
