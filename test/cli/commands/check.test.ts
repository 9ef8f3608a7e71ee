import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

const folder = folderWith({
  "httpd.conf": HTTPD_CONF,
  "wrong.conf": HTTPD_CONF.replace("route=node2", "loadfacter=2"),
  "doubtful.conf": HTTPD_CONF.replace("BalancerMember http://10.0.0.2", "BalancerMember http://10.0.0.300"),
  "two.conf": `${HTTPD_CONF}${HTTPD_CONF.replaceAll("balancer://shop", "balancer://other").replace("/shop ", "/other ")}`,
  "shop.yaml": SCENARIO,
  "broken.yaml": SCENARIO.replace("crash: node2", "crash: nod2"),
  "variable.conf": `ServerName \${SITE}\n${HTTPD_CONF}`,
  "tls.conf": `SSLCertificateFile /nowhere/shop.pem\n${HTTPD_CONF}`,
  "nginx.conf": "http { upstream u { server 10.0.0.1:80; } server { location / { proxy_pass http://u; } } }\n",
  "latin.conf": Buffer.from(`# caf\u00e9\n${HTTPD_CONF}`, "latin1"),
});
afterAll(folder.remove);
const at = folder.path;

describe("lbsim check", () => {
  it("says of a sound file what httpd says, with exit code 0", async () => {
    const { code, out, err } = await lbsim(["check", at("httpd.conf")]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`${at("httpd.conf")}: Syntax OK\n`);
  });

  it("shows the line that httpd refuses, in httpd's words, with exit code 2", async () => {
    const { code, out } = await lbsim(["check", at("wrong.conf")]);
    expect(code).toBe(2);
    expect(out).toContain(`${at("wrong.conf")}:3:41  configuration-refused  AH00526: Syntax error on line 3 of `);
    expect(out).toContain("\n   3 |     BalancerMember http://10.0.0.2:8080 loadfacter=2\n");
    expect(out).toContain("^^^^^^^^^^^^\nhint: ");
    expect(out).not.toContain("Syntax OK");
  });

  it("does not call a file sound that nginx would not start with", async () => {
    const { code, out } = await lbsim(["check", at("nginx.conf")]);
    expect(code).toBe(0);
    expect(out).toContain(`${at("nginx.conf")}: would be accepted with an events block\n`);
    expect(out).not.toContain("Syntax OK");
  });

  it("--strict makes an error of a warning, not of a note", async () => {
    expect((await lbsim(["check", at("doubtful.conf")])).code).toBe(0);
    expect((await lbsim(["check", "--strict", at("doubtful.conf")])).code).toBe(2);
    const notes = await lbsim(["check", "--strict", at("httpd.conf")]);
    expect(notes.out).toContain("note: ");
    expect(notes.code).toBe(0);
  });

  it("shows what is mended in the same way once, with the other places", async () => {
    const { out } = await lbsim(["check", at("two.conf")]);
    expect(out.match(/^\S+:1:1 {2}no-health-check {2}note: balancer shop /gm)).toHaveLength(1);
    expect(out.match(/^also \S+two\.conf:\d+:1 {2}balancer other has no health checks/gm)).toHaveLength(1);
    expect(out.match(/^hint: load mod_proxy_hcheck/gm)).toHaveLength(1);
  });

  it("looks at every file, also when one can't be read", async () => {
    const { code, out, err } = await lbsim(["check", at("nope.conf"), at("httpd.conf"), at("wrong.conf")]);
    expect(code).toBe(2);
    expect(err).toMatch(/^file-unreadable {2}.*nope\.conf: no such file or folder\n/);
    expect(out).toContain("httpd.conf: Syntax OK");
    expect(out).toContain("wrong.conf:3:41");
  });

  it("--json prints one document with an entry for every file", async () => {
    const { code, out, err } = await lbsim(["check", "--json", at("nope.conf"), at("httpd.conf"), at("wrong.conf")]);
    expect([code, err]).toEqual([2, ""]);
    const [absent, sound, refused] = JSON.parse(out);
    expect(absent).toMatchObject({ accepted: false, error: { code: "file-unreadable" } });
    expect(sound).toMatchObject({ accepted: true, error: null, refusal: null, programWarnings: [] });
    expect(refused).toMatchObject({ accepted: false, refusal: { at: "syntax", position: { line: 3, column: 41 } } });
  });

  it("checks scenarios too", async () => {
    expect(await lbsim(["check", at("shop.yaml")])).toMatchObject({
      code: 0,
      out: `${at("shop.yaml")}: can be simulated\n`,
    });
    const broken = await lbsim(["check", at("broken.yaml")]);
    expect(broken.code).toBe(2);
    expect(broken.out).toContain("broken.yaml:7:21  unknown-backend");
  });

  it("--env gives a variable that the configuration refers to", async () => {
    const without = await lbsim(["check", at("variable.conf")]);
    expect(without.out).toContain("AH00111");
    expect((await lbsim(["check", at("variable.conf"), "--env", "SITE=shop.test"])).out).not.toContain("AH00111");
    expect((await lbsim(["check", at("variable.conf")], { env: { SITE: "x" } })).out).not.toContain("AH00111");
    expect((await lbsim(["check", at("variable.conf"), "--env", "SITE"])).err).toContain("Expected NAME=VALUE.");
  });

  it("--modules as-written takes only the modules that the file loads", async () => {
    expect((await lbsim(["check", at("httpd.conf"), "--modules", "as-written"])).code).toBe(2);
    expect((await lbsim(["check", at("httpd.conf"), "--modules", "some"])).err).toContain("all, as-written, debian");
  });

  it("--missing-files report refuses what httpd would not find", async () => {
    expect((await lbsim(["check", at("tls.conf")])).out).toContain("assumed-file");
    expect((await lbsim(["check", at("tls.conf"), "--missing-files", "report"])).code).toBe(2);
  });

  it("reads a configuration in any encoding, as httpd does", async () => {
    expect((await lbsim(["check", at("latin.conf")])).code).toBe(0);
  });

  it("follows relative includes beside the file, and those below a ServerRoot of another machine", async () => {
    mkdirSync(at("site/conf.d"), { recursive: true });
    writeFileSync(at("site/conf.d/members.conf"), "BalancerMember http://10.0.0.9:8080 rout=x\n");
    for (const include of ["conf.d/members.conf", "conf.d/*.conf", "/srv/other/httpd/conf.d/*.conf"]) {
      writeFileSync(
        at("site/httpd.conf"),
        `ServerRoot "/srv/other/httpd"\n<Proxy balancer://shop>\nInclude ${include}\n</Proxy>\nProxyPass / balancer://shop/\n`,
      );
      const { code, out } = await lbsim(["check", at("site/httpd.conf")]);
      expect(code).toBe(2);
      expect(out).toContain("conf.d/members.conf:1:37  configuration-refused");
      expect(out).toContain("   1 | BalancerMember http://10.0.0.9:8080 rout=x");
    }
  });
});
