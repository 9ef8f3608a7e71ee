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
    [http("upstream a { server 10.0.0.1 wieght=2; }"), 'did you mean "weight="?'],
    [http("upstream a { server 10.0.0.1 max_fail=2; }"), 'did you mean "max_fails="?'],
    [http("upstream a { server 10.0.0.1 bakcup; }"), 'did you mean "backup"?'],
    [http("upstream a { least_con; server 10.0.0.1; }"), 'did you mean "least_conn"?'],
    [http("upstream a { hash $uri consistant; server 10.0.0.1; }"), 'did you mean "consistent"?'],
    [http("upstream a { hash $remote_adr; server 10.0.0.1; }"), 'did you mean "$remote_addr"?'],
    [http("proxy_next_upstream eror timeout;"), 'did you mean "error"?'],
    [http("proxy_read_timout 5s;"), 'did you mean "proxy_read_timeout"?'],
    [http("server { listen 80 defaultserver; }"), 'did you mean "default_server"?'],
    [http("server { location / { limit_except GTE { deny all; } } }"), 'did you mean "GET"?'],
  ])("%j is told how to mend it", (lines, hint) => {
    expect(read(lines).refusal?.hint).toContain(hint);
  });

  it.each([
    "upstream a { server 10.0.0.1 weight=x; }",
    "upstream a { server 10.0.0.1 quite_another=1; }",
    "absolutely_nothing_like_it on;",
  ])("%s is not taken for something else", (line) => {
    expect(read(http(line)).refusal?.hint ?? "").not.toContain("did you mean");
  });

  it("points at the misspelt word", () => {
    const { refusal } = read([
      "events {}",
      "http {",
      "upstream a {",
      "  server 10.0.0.1 weight=2 max_fail=2;",
      "}",
      "}",
    ]);
    expect(refusal?.position).toMatchObject({ line: 4, column: 28, length: 10 });
  });
});
