import { expect, it } from "vitest";
import { passedOverList, passedOverPlaces } from "../../src/report/passed-over.ts";
import { fixtureResult } from "./fixture.ts";

it("a directive that all variants share is listed once, with what passing it over means; what may matter comes first", () => {
  expect(passedOverList(fixtureResult({ variants: 3 }))).toEqual([
    "ProxyHCTPsize (httpd.conf:17) may matter and is not modelled",
    "LogLevel (httpd.conf:3) has no effect on balancing",
  ]);
});

it("a directive that a file has many times is listed once for the file, with all its lines", () => {
  const at = (file: string, line: number, directive = "AddIcon") =>
    ({ kind: "ignored", directive, file, line }) as const;
  const all = [
    at("a.conf", 9),
    at("a.conf", 3),
    at("a.conf", 4),
    at("a.conf", 5),
    at("b.conf", 3),
    at("a.conf", 6, "Listen"),
  ];
  expect(passedOverPlaces(all, "ignored")).toEqual([
    { directive: "AddIcon", places: "a.conf:3-5,9" },
    { directive: "AddIcon", places: "b.conf:3" },
    { directive: "Listen", places: "a.conf:6" },
  ]);
  expect(passedOverPlaces(all, "unmodelled")).toEqual([]);
});
