import { describe, expect, it } from "vitest";
import { be } from "../diagnostics/cases.ts";
import { read } from "./read-text.ts";

const SERVER = "server a 10.0.0.1:80";

function passedOver(...lines: readonly string[]) {
  const { config, refusal, passedOver: found } = read(be(...lines, SERVER));
  expect(refusal).toBeNull();
  expect(config).not.toBeNull();
  return found.map(({ kind, directive }) => `${kind} ${directive}`);
}

describe("fetches and converters that are not carried out", () => {
  it.each([
    ["balance hash req.hdr(x),xxh32", ["unmodelled converter xxh32"]],
    ["acl a ssl_c_used", ["unmodelled fetch ssl_c_used"]],
    ["http-request deny if { req.hdr(x),sha1,hex -m str 00 }", ["unmodelled converter sha1"]],
    ["http-request set-header X-Id %[req.hdr(x),json(utf8s)]", ["unmodelled converter json"]],
    ["use-server a if !{ path,strcmp(txn.p) eq 0 }", ["unmodelled converter strcmp"]],
  ])("are named: %s", (line, expected) => {
    expect(passedOver(line)).toEqual(expected);
  });

  it.each([
    "balance hash req.hdr(x),lower,djb2",
    "acl a path_beg /shop",
    "http-request set-header X-Id %[src]",
    "http-request deny if { path,lower -m beg /admin }",
  ])("are not named where all is modelled: %s", (line) => {
    expect(passedOver(line)).toEqual([]);
  });
});
