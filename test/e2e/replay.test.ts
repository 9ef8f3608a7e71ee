import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Workplace } from "./built-cli.ts";

const GOLDEN = resolve("test/golden/apache");
let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  for (const name of ["byrequests-equal-3", "config-lbset-100", "bytraffic-weighted-1-2-4"])
    cpSync(join(GOLDEN, name), join(place.folder, name), { recursive: true });
});
afterEach(() => place.remove());

describe("lbsim replay", () => {
  it("prints a line a case and a count", () => {
    expect(place.lbsim("replay", "byrequests-equal-3", "config-lbset-100")).toMatchObject({
      status: 0,
      stdout: "ok      byrequests-equal-3\nok      config-lbset-100\n2 agree, 0 differ\n",
    });
  });

  it("exits 3 and says the first difference in words when a trace differs", () => {
    place.write(
      "byrequests-equal-3/trace.json",
      place.read("byrequests-equal-3/trace.json").replace('"attempts":["node2"]', '"attempts":["node3"]'),
    );
    const { status, stdout } = place.lbsim("replay", "byrequests-equal-3");
    expect(status).toBe(3);
    expect(stdout).toContain('attempts was ["node3"] in life, here ["node2"]');
    expect(stdout).toContain("0 agree, 1 differ");
  });

  it("--json prints one array in the shape of the reference", () => {
    const results = JSON.parse(place.lbsim("replay", "byrequests-equal-3", "config-lbset-100", "--json").stdout);
    expect(results).toMatchObject([
      { case: "byrequests-equal-3", agrees: true, difference: null, trace: { requests: expect.any(Array) } },
      {
        case: "config-lbset-100",
        agrees: true,
        difference: null,
        trace: { config_error: { text: expect.stringContaining("lbset must be between 0 and 99") } },
      },
    ]);
  });

  it("--predict needs no trace, and compares nothing", () => {
    const withTrace = JSON.parse(place.lbsim("replay", "byrequests-equal-3", "--predict", "--json").stdout);
    rmSync(join(place.folder, "byrequests-equal-3/trace.json"));
    const without = place.lbsim("replay", "byrequests-equal-3", "--predict", "--json");
    expect(without.status).toBe(0);
    expect(JSON.parse(without.stdout)).toEqual(withTrace);
    expect(withTrace[0].agrees).toBeNull();
  });

  it("--predict takes request_bytes, and nothing else, from a trace", () => {
    const trace = JSON.parse(place.read("bytraffic-weighted-1-2-4/trace.json"));
    const whole = place.lbsim("replay", "bytraffic-weighted-1-2-4", "--predict", "--json").stdout;
    place.write(
      "bytraffic-weighted-1-2-4/trace.json",
      JSON.stringify({
        requests: trace.requests.map(({ i, request_bytes }: { i: number; request_bytes?: number[] }) => ({
          i,
          request_bytes,
        })),
      }),
    );
    expect(place.lbsim("replay", "bytraffic-weighted-1-2-4", "--predict", "--json").stdout).toBe(whole);
  });

  it("exits 2 when a case lacks its trace", () => {
    rmSync(join(place.folder, "byrequests-equal-3/trace.json"));
    expect(place.lbsim("replay", "byrequests-equal-3")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("trace.json"),
    });
  });
});

describe("lbsim check", () => {
  it("is 0 with warnings, 2 with --strict, 2 when httpd would refuse", () => {
    place.write(
      "warned.conf",
      place.read("shop.conf").replace("stickysession=JSESSIONID", "stickysession=JSESSIONID timeout=5"),
    );
    expect(place.lbsim("check", "warned.conf")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("balancer-timeout-is-wait"),
    });
    expect(place.lbsim("check", "--strict", "warned.conf").status).toBe(2);
    place.write("refused.conf", place.read("shop.conf").replace("route=node2", "rout=node2"));
    expect(place.lbsim("check", "refused.conf")).toMatchObject({
      status: 2,
      stdout: expect.stringContaining(
        "AH00526: Syntax error on line 3 of refused.conf:\nBalancerMember unknown Worker",
      ),
    });
  });
});
