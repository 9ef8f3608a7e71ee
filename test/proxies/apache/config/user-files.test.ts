import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readHttpdConf } from "../../../../src/proxies/apache/config/read-httpd-conf.ts";
import { hostWith } from "./read-text.ts";

const ENV = { APACHE_LOG_DIR: "/var/log/apache2" };

function textOf(name: string): string {
  return readFileSync(new URL(`user-files/${name}`, import.meta.url), "utf8");
}

function readFile(name: string, mend: (text: string) => string = (text) => text, missingFiles?: "report") {
  const options = missingFiles === undefined ? {} : { missingFiles };
  return readHttpdConf(name, mend(textOf(name)), hostWith({}, ENV), options);
}

function withoutTrailingComments(text: string): string {
  return text.replace(/^(\s*[^#\s].*?) # .*$/gm, "$1");
}

describe("the six configurations that users start from", () => {
  it.each(["apache-0-intro.conf", "apache-1-byrequests.conf"])("%s loads as written", (name) => {
    const { config, refusal, programWarnings } = readFile(name);
    expect(refusal).toBeNull();
    expect(programWarnings).toEqual([]);
    expect(config?.balancers[0]?.name).toBe("mycluster");
  });

  it("takes the trailing comment of a member for arguments, as httpd does, and says so", () => {
    const { refusal } = readFile("apache-2-sticky-weighted.conf");
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 7 of apache-2-sticky-weighted.conf:\nBalancerMember can not have a balancer name when defined in a location",
    );
    expect(refusal?.position).toMatchObject({ line: 7, column: 75 });
    expect(refusal?.hint).toContain("no trailing comments");
  });

  it("finds the stray space in a ProxyPass path", () => {
    const { refusal } = readFile("apache-3-https-backends.conf");
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 24 of apache-3-https-backends.conf:\nInvalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.",
    );
    expect(refusal?.hint).toContain("Write /secure_app/");
  });

  it("refuses missing certificates when asked to, before anything later in the file", () => {
    const { refusal } = readFile("apache-3-https-backends.conf", (text) => text, "report");
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 4 of apache-3-https-backends.conf:\nSSLCertificateFile: file '/etc/ssl/certs/secureapp.com.crt' does not exist or is empty",
    );
  });

  it("knows where upgrade= belongs", () => {
    const { refusal } = readFile("apache-4-websocket.conf");
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 15 of apache-4-websocket.conf:\nProxyPass unknown Balancer parameter",
    );
    expect(refusal?.hint).toContain("upgrade= belongs on each BalancerMember");
  });

  it("refuses a RequestHeader with a trailing comment in mod_headers' words", () => {
    const { refusal } = readFile("apache-5-headers-routeid.conf");
    expect(refusal?.text).toBe(
      "AH00526: Syntax error on line 15 of apache-5-headers-routeid.conf:\nToo many arguments to directive",
    );
    expect(refusal?.hint).toContain("no trailing comments");
  });

  it.each([
    ["apache-2-sticky-weighted.conf", withoutTrailingComments],
    ["apache-3-https-backends.conf", (text: string) => text.replaceAll("/ secure_app/", "/secure_app/")],
    ["apache-4-websocket.conf", (text: string) => text.replace(" upgrade=websocket", "")],
    ["apache-5-headers-routeid.conf", withoutTrailingComments],
  ] as const)("%s loads when it is mended", (name, mend) => {
    const { config, refusal } = readFile(name, mend);
    expect(refusal).toBeNull();
    expect(config?.servers).toHaveLength(2);
    expect(config?.balancers).toHaveLength(1);
  });

  it("loads no module by itself when only written ones count", () => {
    const text = textOf("apache-0-intro.conf");
    const { refusal } = readHttpdConf("a.conf", text, hostWith(), { modules: "as-written" });
    expect(refusal?.text).toBe("AH00534: apache2: Configuration error: No MPM loaded.");
  });
});
