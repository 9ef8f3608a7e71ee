import { describe, expect, it } from "vitest";
import { hostWith, load, read } from "./read-text.ts";

const FILES = {
  "/etc/apache2/conf/a.conf": "ProxyPass /a http://a/\n",
  "/etc/apache2/conf/b.conf": "\nProxyTimeout 0\n",
  "/etc/apache2/conf/loop.conf": "Include conf/loop.conf\n",
  "/etc/apache2/conf/open.conf": "<Proxy balancer://x>\n",
  "/sites/1.conf": "ProxyPass /1 http://a/\n",
  "/sites/2.conf": "ProxyPass /2 http://a/\n",
};

function paths(lines: readonly string[]): unknown {
  const { servers } = load(lines, {}, hostWith(FILES, { HOST: "fromenv", LEFT: "x" }));
  return servers[0]?.passRules.map((r) => (r.match.kind === "prefix" ? r.match.path : r.match.source));
}

describe("includes", () => {
  it("resolves names against ServerRoot and patterns in order", () => {
    expect(paths(["ServerRoot /etc/apache2", "Include conf/a.conf", "IncludeOptional /sites/*.conf"])).toEqual([
      "/a",
      "/1",
      "/2",
    ]);
  });

  it("names the included file and its line in errors", () => {
    const { refusal } = read(["ServerRoot /etc/apache2", "Include conf/b.conf"], {}, hostWith(FILES));
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 2 of /etc/apache2/conf/b.conf:\nProxy Timeout must be at least 1 second.",
    );
    expect(refusal?.position).toMatchObject({ file: "/etc/apache2/conf/b.conf", line: 2 });
  });

  it("wraps errors of structure in the lines that lead to them", () => {
    const { refusal } = read(["", "Include /etc/apache2/conf/open.conf"], {}, hostWith(FILES));
    const file = "/etc/apache2/conf/open.conf";
    expect(refusal?.text).toBe(
      `apache2: Syntax error on line 2 of httpd.conf: Syntax error on line 1 of ${file}: ${file}:1: <Proxy> was not closed.`,
    );
  });

  it("ends a file that includes itself at httpd's depth", () => {
    const { refusal } = read(["ServerRoot /etc/apache2", "Include conf/loop.conf"], {}, hostWith(FILES));
    expect(refusal?.text).toMatch(/Exceeded maximum include depth of 128, There appears to be a recursion\.$/);
    // 127 wrappings by loop.conf and one by httpd.conf
    expect(refusal?.text.split("Syntax error on line").length).toBe(130);
  });

  it("assumes missing files with a note, or refuses them", () => {
    expect(read("Include conf/none.conf\n").problems.map((p) => p.code)).toEqual(["assumed-include"]);
    expect(read("IncludeOptional conf/none.conf\n").problems).toEqual([]);
    const { refusal } = read("Include /x/none.conf\n", { missingFiles: "report" });
    expect(refusal?.text).toBe(
      "apache2: Syntax error on line 1 of httpd.conf: Could not open configuration file /x/none.conf: No such file or directory",
    );
  });
});

describe("conditions, variables and macros", () => {
  it("puts defined values before environment variables and keeps the place of words behind them", () => {
    const lines = ["Define HOST defined", `ProxyPass /\${HOST}/\${LEFT} http://a/ timeout=0`];
    const { refusal } = read(lines, {}, hostWith({}, { HOST: "fromenv", LEFT: "x" }));
    // `timeout=0` begins at column 38 of the line as written, whatever the variables stand for
    expect(refusal?.position).toMatchObject({ line: 2, column: (lines[1] ?? "").indexOf("timeout") + 1, length: 9 });
    expect(paths(["Define HOST defined", `ProxyPass /\${HOST}/\${LEFT} http://a/`])).toEqual(["/defined/x"]);
  });

  it("keeps an undefined variable and warns like httpd", () => {
    const { programWarnings } = read(`ServerAdmin \${NOBODY}@x\n`);
    expect(programWarnings).toEqual([
      {
        text: `[core:warn] AH00111: Config variable \${NOBODY} is not defined`,
        position: { file: "httpd.conf", line: 1, column: 13, length: 9 },
      },
    ]);
  });

  it("decides IfModule by the modules that count as loaded at that line", () => {
    const lines = [
      "LoadModule mpm_event_module x",
      "<IfModule mod_proxy.c>",
      "Foo",
      "</IfModule>",
      "LoadModule proxy_module x",
      "<IfModule proxy_module>",
      "ProxyPass /yes http://a/",
      "</IfModule>",
    ];
    expect(load(lines, { modules: "as-written" }).servers[0]?.passRules).toHaveLength(1);
  });

  it("knows -D names, negation and versions", () => {
    const lines = [
      "<IfDefine TLS>",
      "ProxyPass /tls http://a/",
      "</IfDefine>",
      "<IfDefine !TLS>",
      "Foo",
      "</IfDefine>",
      "<IfVersion >= 2.4.62>",
      "ProxyPass /new http://a/",
      "</IfVersion>",
    ];
    expect(load(lines, { defines: ["TLS"] }).servers[0]?.passRules).toHaveLength(2);
  });

  it("carries macros out with their arguments", () => {
    const lines = [
      "<Macro Node $name $weight>",
      "BalancerMember http://$name:80 loadfactor=$weight",
      "</Macro>",
      "<Proxy balancer://web>",
      "Use Node alpha 2",
      "Use node beta 3",
      "</Proxy>",
    ];
    expect(load(lines).balancers[0]?.members.map((m) => [m.host, m.factor])).toEqual([
      ["alpha", 200],
      ["beta", 300],
    ]);
  });
});
