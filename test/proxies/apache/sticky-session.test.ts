import { describe, expect, it } from "vitest";
import { SessionValue } from "../../../src/proxies/apache/session-value.ts";
import { countSessionHit, memberOfSession } from "../../../src/proxies/apache/sticky-session.ts";
import { Flag } from "../../../src/proxies/apache/worker-status.ts";
import { balancerOf } from "./balancer-of.ts";
import { member } from "./build-config.ts";

const session = (route: string) => new SessionValue("S", route);

describe("the member of a session", () => {
  it("is found though it drains, is a spare, a standby or of a higher lbset", () => {
    const of = balancerOf([
      member("a", { route: "a", status: "N" }),
      member("b", { route: "b", status: "R" }),
      member("c", { route: "c", status: "H" }),
      member("d", { route: "d", lbset: 5 }),
    ]);
    expect(["a", "b", "c", "d"].map((route) => memberOfSession(of, session(route), 0))).toEqual([0, 1, 2, 3]);
  });

  it("is a standby of the same route only when no other has it usable", () => {
    const of = balancerOf([member("h", { route: "a", status: "H" }), member("a", { route: "a" })]);
    expect(memberOfSession(of, session("a"), 0)).toBe(1);
    of.setFlags(0, 1, Flag.D, 0);
    expect(memberOfSession(of, session("a"), 0)).toBe(0);
  });

  it("follows redirects of members that are out, as far as there are members", () => {
    const of = balancerOf([
      member("a", { route: "a", status: "D", redirect: "b" }),
      member("b", { route: "b", status: "D", redirect: "c" }),
      member("c", { route: "c" }),
    ]);
    expect(memberOfSession(of, session("a"), 0)).toBe(2);
    const circle = balancerOf([
      member("a", { route: "a", status: "D", redirect: "b" }),
      member("b", { route: "b", status: "D", redirect: "a" }),
    ]);
    expect(memberOfSession(circle, session("a"), 0)).toBe(-1);
  });

  it("is nobody for an unknown route or a member without one", () => {
    const of = balancerOf([member("a")]);
    expect(memberOfSession(of, session("a"), 0)).toBe(-1);
    expect(memberOfSession(of, session(""), 0)).toBe(-1);
  });

  it("is looked up again after a route was changed", () => {
    const of = balancerOf([member("a", { route: "a" })]);
    const value = session("z");
    expect(memberOfSession(of, value, 0)).toBe(-1);
    of.routes[0] = "z";
    of.routeVersion++;
    expect(memberOfSession(of, value, 0)).toBe(0);
  });
});

describe("a session hit", () => {
  it("hands the quota to all usable members and lets the session's member pay", () => {
    const of = balancerOf([
      member("a", { factor: 300 }),
      member("b"),
      member("h", { status: "H" }),
      member("d", { status: "D" }),
      member("n", { status: "N", lbset: 2 }),
    ]);
    countSessionHit(of, 1);
    // Usable: 300 + 100 + 100 + 100 = 600; the disabled one gains nothing.
    expect(Array.from(of.slots.lbstatus)).toEqual([300, -500, 100, 0, 100]);
  });

  it("does the same in the short form when all members are ordinary", () => {
    const of = balancerOf([member("a", { factor: 300 }), member("b")]);
    countSessionHit(of, 1);
    expect(Array.from(of.slots.lbstatus)).toEqual([300, -300]);
  });
});
