import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim } from "../run-command.ts";

const NGINX_CONF = `events {}
http {
    upstream shop { server 10.0.0.1:8080; server 10.0.0.2:8080; }
    server { listen 80; location / { proxy_pass http://shop; } }
}
`;

const folder = folderWith({
  "httpd.conf": HTTPD_CONF,
  "nginx.conf": NGINX_CONF,
  "refused.conf": HTTPD_CONF.replace("route=node1", "route=node1 # the old machine"),
  "empty.conf": "ServerName shop.test\n<VirtualHost *:80>\n</VirtualHost>\n",
  "nothing.txt": "hello\n",
  // httpd takes a quote inside a word as a letter, HAProxy as the beginning of a quoted part that never ends.
  "quote.conf": HTTPD_CONF.replace("route=node2", 'route=no"de2'),
});
afterAll(folder.remove);

describe("lbsim convert", () => {
  it("prints the text, and on stderr how many meanings are lost and of which kinds", async () => {
    const { code, out, err } = await lbsim(["convert", "--to", "nginx", folder.path("httpd.conf")]);
    expect(code).toBe(0);
    expect(out).toContain("server 10.0.0.1:8080 fail_timeout=60s;");
    const count = out.split("\n").filter((line) => line.trimStart().startsWith("# lbsim ")).length;
    expect(err).toMatch(
      new RegExp(`^apache to nginx: the meaning differs in ${count} places \\(.*stickiness.*\\); comments say why\\n$`),
    );
  });

  it("writes a file that check accepts, and nothing to stdout", async () => {
    const target = folder.path("made/Caddyfile");
    const { code, out, err } = await lbsim(["convert", "--to", "caddy", "--out", target, folder.path("nginx.conf")]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain(`written: ${target}\n`);
    expect((await lbsim(["check", target])).code).toBe(0);
  });

  it("prints one document with --json", async () => {
    const { out } = await lbsim(["convert", "--to", "nginx", "--json", folder.path("httpd.conf")]);
    const { from, to, text, remarks } = JSON.parse(out);
    expect({ from, to }).toEqual({ from: "apache", to: "nginx" });
    for (const { code, line } of remarks) expect(text.split("\n")[line - 1]).toContain(`# lbsim ${code}: `);
    expect(remarks[0].position.file).toBe(folder.path("httpd.conf"));
  });

  it("takes the family of the file from --from", async () => {
    const { code, err } = await lbsim(["convert", "--to", "caddy", "--from", "nginx", folder.path("httpd.conf")]);
    expect(code).toBe(2);
    expect(err).toContain("configuration-refused");
  });

  it.each([
    [["--to", "nginx"], "refused.conf", "BalancerMember can not have a balancer name when defined in a location"],
    [["--to", "apache"], "httpd.conf", "nothing-to-convert"],
    [["--to", "nginx"], "empty.conf", "no request reaches a group of members"],
    [["--to", "haproxy"], "quote.conf", "conversion-refused"],
    [["--to", "nginx"], "nothing.txt", "unknown-configuration"],
    [["--to", "nginx"], "absent.conf", "file-unreadable"],
    [["--to", "envoy"], "httpd.conf", "Allowed choices are apache"],
    [["--to", "nginx", "--from", "envoy"], "httpd.conf", "Allowed choices are apache"],
    [[], "httpd.conf", "required option '--to <family>' not specified"],
  ])("refuses %j %s with one error and exit code 2, and writes nothing", async (words, file, says) => {
    const target = folder.path("refused.out");
    const { code, out, err } = await lbsim(["convert", ...words, "--out", target, folder.path(file)]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
    expect(existsSync(target)).toBe(false);
  });

  it("changes nothing in the file that it reads", async () => {
    await lbsim(["convert", "--to", "caddy", folder.path("httpd.conf")]);
    const over = await lbsim([
      "convert",
      "--to",
      "caddy",
      "--out",
      folder.path("httpd.conf"),
      folder.path("httpd.conf"),
    ]);
    expect(over).toMatchObject({ code: 2, err: expect.stringContaining("is the file that is converted") });
    expect(readFileSync(folder.path("httpd.conf"), "utf8")).toBe(HTTPD_CONF);
  });
});
