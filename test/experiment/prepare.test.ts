import { describe, expect, it } from "vitest";
import { prepareExperiment } from "../../src/experiment/prepare.ts";
import { HTTPD_CONF, hostWith, SCENARIO } from "./small-experiment.ts";

function problemsOf(
  text: string,
  files: Readonly<Record<string, string>> = { "httpd.conf": HTTPD_CONF },
  overrides: readonly string[] = [],
) {
  const { experiment, problems } = prepareExperiment(
    { file: "small.yaml", text, overrides, seed: null },
    hostWith(files),
  );
  return {
    usable: experiment !== null,
    said: problems.map(({ code, position }) => `${position?.file}:${position?.line} ${code}`),
    problems,
  };
}

describe("prepareExperiment", () => {
  it("joins scenario and configuration", () => {
    expect(problemsOf(SCENARIO)).toMatchObject({ usable: true, said: [] });
  });

  it("refuses an operator's command that the proxy doesn't know, where it stands", () => {
    const withFault = (fault: string) =>
      problemsOf(SCENARIO.replace("faults:", `faults:\n  - {operate: node1, at: 1s, ${fault}}`));
    expect(withFault('command: "status=+D", for: 2s').said).toEqual([]);
    expect(withFault("command: drain").said).toEqual([]);
    for (const fault of ["command: foo", 'command: "status=+Z", for: 2s', 'command: ""']) {
      const { usable, problems } = withFault(fault);
      expect([usable, problems.map(({ code }) => code)]).toEqual([false, ["unknown-command"]]);
      expect(problems[0]?.position?.column).toBeGreaterThan(30);
    }
    const { problems } = withFault('command: "status=+D", for: 2s, end-command: bar');
    expect(problems).toMatchObject([{ code: "unknown-command", message: "unknown command bar" }]);
    const again =
      'command: "status=+D", for: 2s}\n  - {operate: node2, at: 9s, command: "status=+D", for: 1s, end-command: baz';
    expect(withFault(again).problems).toMatchObject([{ message: "unknown command baz", position: { line: 8 } }]);
  });

  it("says once what is wrong with a configuration that all variants share", () => {
    const broken = HTTPD_CONF.replace("route=node2", "route=node2 # trailing");
    expect(problemsOf(SCENARIO, { "httpd.conf": broken })).toMatchObject({
      usable: false,
      said: ["httpd.conf:3 configuration-refused"],
    });
  });

  it("points at the setting with which the program first refuses the configuration, in the program's words", () => {
    const { problems } = problemsOf(SCENARIO.replace("bybusyness", "byrequets"));
    // `variants: {lbmethod: [byrequests, byrequets]}` is line 10.
    expect(problems).toMatchObject([
      { code: "configuration-refused", position: { file: "small.yaml", line: 10, column: 35, length: 9 } },
    ]);
    expect(problems[0]?.message).toContain("unknown lbmethod");
  });

  it("sets a member(*) of --set and of variants at every member", () => {
    const text = SCENARIO.replace("{lbmethod: [byrequests, bybusyness]}", '{"member(*).retry": [5, 20]}');
    const { experiment } = prepareExperiment(
      { file: "small.yaml", text, overrides: ["proxy.member(*).timeout=7"], seed: null },
      hostWith({ "httpd.conf": HTTPD_CONF }),
    );
    const lines = experiment?.variants.map((variant) => variant.text.match(/BalancerMember.*/g));
    expect(lines).toEqual(
      [5, 20].map((retry) => [
        `BalancerMember http://10.0.0.1:8080 route=node1 retry=${retry} timeout=7`,
        `BalancerMember http://10.0.0.2:8080 route=node2 retry=${retry} timeout=7`,
      ]),
    );
  });

  it("warns of an nginx.conf that nginx would not start with", () => {
    const nginx = "http { upstream u { server 10.0.0.1:80; } server { location / { proxy_pass http://u; } } }";
    const { usable, said } = problemsOf("proxy: nginx.conf\nclients: {requests: {rate: 1/s}}\nduration: 1s\n", {
      "nginx.conf": nginx,
    });
    expect({ usable, said }).toEqual({ usable: true, said: ["nginx.conf:1 events-missing"] });
  });

  it("names a missing configuration at the line that asks for it", () => {
    expect(problemsOf(SCENARIO, {})).toMatchObject({ usable: false, said: ["small.yaml:1 proxy-file-missing"] });
  });

  it("refuses what is no configuration of a known proxy", () => {
    expect(problemsOf(SCENARIO, { "httpd.conf": "hello" }).usable).toBe(false);
    expect(problemsOf(SCENARIO.replace("httpd.conf", "words.txt"), { "words.txt": "hello" })).toMatchObject({
      said: ["small.yaml:1 unknown-configuration"],
    });
  });

  it("refuses a version that it does not follow, at its line", () => {
    const proxy = (key: string) => SCENARIO.replace("proxy: httpd.conf", `proxy:\n  file: httpd.conf\n  ${key}`);
    expect(problemsOf(proxy('version: "2.2"')).said).toEqual(["small.yaml:2 unknown-version"]);
    expect(problemsOf(proxy('version: "2.4"')).usable).toBe(true);
  });

  it("gives the proxy as many worker processes as the scenario says", () => {
    const text = SCENARIO.replace("proxy: httpd.conf", "proxy: {file: httpd.conf, processes: 4}");
    const { experiment } = prepareExperiment(
      { file: "small.yaml", text, overrides: [], seed: null },
      hostWith({ "httpd.conf": HTTPD_CONF }),
    );
    expect(experiment?.variants.map(({ config }) => config)).toMatchObject([
      { limits: { startServers: 4, serverLimit: 4 } },
      { limits: { startServers: 4, serverLimit: 4 } },
    ]);
  });

  it("refuses worker processes of a program that is one process, once, and takes instances of it", () => {
    const caddy = ":80 {\n\treverse_proxy 10.0.0.1:8080 10.0.0.2:8080\n}\n";
    const text = (key: string) =>
      SCENARIO.replace("proxy: httpd.conf", `proxy:\n  file: Caddyfile\n  ${key}`)
        .replace("node2", '"10.0.0.2:8080"')
        .replace("{lbmethod: [byrequests, bybusyness]}", "[{name: one}, {name: two}]");
    expect(problemsOf(text("processes: 4"), { Caddyfile: caddy })).toMatchObject({
      usable: false,
      said: ["small.yaml:3 one-process"],
    });
    expect(problemsOf(text("instances: 4"), { Caddyfile: caddy })).toMatchObject({ usable: true, said: [] });
  });

  it("gives environment and defines to the configuration", () => {
    const conf = HTTPD_CONF.replace("10.0.0.1", ["$", "{FIRST}"].join(""));
    const text = SCENARIO.replace("proxy: httpd.conf", "proxy:\n  file: httpd.conf\n  env: {FIRST: 10.9.9.9}").replace(
      /faults:\n.*\n/,
      "",
    );
    const { experiment } = prepareExperiment(
      { file: "small.yaml", text, overrides: [], seed: null },
      hostWith({ "httpd.conf": conf }),
    );
    expect([...(experiment?.resolved.backendOfAddress.keys() ?? [])]).toContain("10.9.9.9:8080");
  });

  it("applies --set to configuration and scenario", () => {
    const { experiment } = prepareExperiment(
      { file: "small.yaml", text: SCENARIO, overrides: ["scenario.duration=7s", "proxy.nofailover=On"], seed: 9 },
      hostWith({ "httpd.conf": HTTPD_CONF }),
    );
    expect(experiment?.resolved.world.endUs).toBe(9_000_000);
    expect(experiment?.variants.every(({ text }) => text.includes("nofailover=On"))).toBe(true);
    expect(experiment?.seed).toBe(9);
  });
});
