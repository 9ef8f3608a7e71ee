import { expect, it } from "vitest";
import { passedOverList } from "../../src/report/passed-over.ts";
import { fixtureResult } from "./fixture.ts";

it("a directive that all variants share is listed once, with what passing it over means", () => {
  expect(passedOverList(fixtureResult({ variants: 3 }))).toEqual([
    "LogLevel (httpd.conf:3) has no effect on balancing",
    "ProxyHCTPsize (httpd.conf:17) may matter and is not modelled",
  ]);
});
