import { describe, expect, it } from "vitest";
import { numbersOf, readAxis } from "../../../src/experiment/sweep/sweep-axis.ts";
import { experimentOf } from "../small-experiment.ts";

const { experiment } = experimentOf();

function overridesOf(text: string, value: string): readonly string[] {
  const { axis, problems } = readAxis(text, "--over", experiment);
  if (axis === null) throw new Error(problems.map(({ message }) => message).join());
  return axis.target.overrides(value);
}

describe("the key of an axis", () => {
  it("load is the rate of arrivals that the scenario has", () => {
    expect(overridesOf("load=1/s,2/s", "2/s")).toEqual(["scenario.clients.sessions.rate=2/s"]);
  });

  it("members leaves the first so many in service", () => {
    expect(overridesOf("members=1,2", "2")).toEqual([]);
    expect(overridesOf("members=1,2", "1")).toEqual(["proxy.member(10.0.0.2:8080).status=D"]);
    expect(() => overridesOf("members=1,2", "3")).toThrow("the configuration has 2");
  });

  it("member(*) is every member", () => {
    expect(overridesOf("member(*).retry=1,60", "60")).toEqual([
      "proxy.member(10.0.0.1:8080).retry=60",
      "proxy.member(10.0.0.2:8080).retry=60",
    ]);
  });

  it("that begins like a scenario's is the scenario's, any other the proxy's", () => {
    expect(overridesOf("backends.node2.speed=1,2", "2")).toEqual(["scenario.backends.node2.speed=2"]);
    expect(overridesOf("lbmethod=byrequests", "byrequests")).toEqual(["proxy.lbmethod=byrequests"]);
    expect(overridesOf("balancer(shop).timeout=1,2", "2")).toEqual(["proxy.balancer(shop).timeout=2"]);
    expect(overridesOf("proxy=a.conf,b.conf", "b.conf")).toEqual(["scenario.proxy=b.conf"]);
    expect(overridesOf("scenario.duration=1m,2m", "2m")).toEqual(["scenario.duration=2m"]);
  });

  it("that is misspelt is answered with the nearest one, at its place", () => {
    const { axis, problems } = readAxis("client.sessions.rate=1/s..2/s step 1", "--over", experiment);
    expect(axis).toBeNull();
    expect(problems[0]).toMatchObject({ hint: 'did you mean "clients"?', position: { column: 1, length: 20 } });
  });

  it("needs values behind it", () => {
    for (const text of ["load", "=1", "load=", "load=1/s,,2/s", "load=1/s,1/s"])
      expect(readAxis(text, "--over", experiment).axis, text).toBeNull();
  });
});

describe("the numbers of an axis", () => {
  it("are read where all values have one unit", () => {
    expect(numbersOf(["10/s", "20/s"])).toEqual({ numbers: [10, 20], unit: "/s" });
    expect(numbersOf(["10ms", "1s"]).numbers).toEqual([null, null]);
    expect(numbersOf(["byrequests", "bybusyness"]).numbers).toEqual([null, null]);
  });
});
