import { describe, expect, it } from "vitest";
import { http, read } from "../config/read-text.ts";

describe("hints for what nginx refuses", () => {
  it.each([
    [http("upstream a { server 10.0.0.1 fail_timeout=500ms; }"), "whole seconds"],
    [http("upstream a { server 10.0.0.1 weight=0; }"), "down"],
    [http("upstream a { ip_hash; server 10.0.0.1; server 10.0.0.2 backup; }"), "least_conn"],
    [http("upstream a { server 192.168.1.301:80; }"), "no address"],
    [http("upstream a { }"), "server lines"],
    [["events {}", "http {"], '"}" is missing'],
  ])("%j is told how to mend it", (lines, hint) => {
    expect(read(lines).refusal?.hint).toContain(hint);
  });
});
