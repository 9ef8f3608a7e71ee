import { describe, expect, it } from "vitest";
import { operateMember } from "../../../src/proxies/apache/manager-commands.ts";
import { statusText } from "../../../src/proxies/apache/worker-status.ts";
import { balancerOf, picks } from "./balancer-of.ts";
import { member } from "./build-config.ts";

describe("a command of the administrator", () => {
  it("sets and clears status flags at once", () => {
    const of = balancerOf([member("a"), member("b")]);
    operateMember(of, 0, 0, "status=+D");
    expect(picks(of, 2)).toEqual([1, 1]);
    operateMember(of, 0, 0, "-D+N");
    expect(statusText(of.status(0))).toBe("Init Drn Ok");
    operateMember(of, 0, 0, "enable");
    expect(statusText(of.status(0))).toBe("Init Ok");
    operateMember(of, 0, 0, "drain");
    expect(statusText(of.status(0))).toBe("Init Drn Ok");
  });

  it("that changes a load factor starts every member's lbstatus anew", () => {
    const of = balancerOf([member("a"), member("b")]);
    picks(of, 1);
    operateMember(of, 1, 0, "loadfactor=3");
    expect(Array.from(of.slots.lbstatus)).toEqual([100, 300]);
    expect(of.factorSum).toBe(400);
    const single = balancerOf([member("a")]);
    operateMember(single, 0, 0, "loadfactor=3");
    expect([single.slots.factor[0], single.slots.lbstatus[0]]).toEqual([100, 100]);
  });

  it("moves a member to another lbset and gives it another route", () => {
    const of = balancerOf([member("a"), member("b")]);
    operateMember(of, 0, 0, "lbset=1");
    expect(picks(of, 2)).toEqual([1, 1]);
    operateMember(of, 0, 0, "route=z");
    expect(Array.from(of.membersOfRoute("z"))).toEqual([0]);
    operateMember(of, 0, 0, "redirect=y");
    expect(of.redirects[0]).toBe("y");
  });

  it("is refused when the manager doesn't know it", () => {
    const of = balancerOf([member("a")]);
    for (const command of ["explode", "status=+Z", "loadfactor=0", "lbset=100", "colour=red"]) {
      expect(() => operateMember(of, 0, 0, command), command).toThrow(RangeError);
    }
  });
});
