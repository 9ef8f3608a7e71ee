import { existsSync } from "node:fs";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { assertWritable, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";

const EDITOR_LINES = `# yaml-language-server: $schema=./scenario.schema.json
# $schema: ./scenario.schema.json
# (write the schema beside this file with: lbsim schema > scenario.schema.json)
`;

const TEMPLATES: Readonly<Record<string, string>> = {
  minimal: `${EDITOR_LINES}
# What happens to the users when node2 dies for two minutes?
proxy: httpd.conf                  # your configuration, as it is

clients:
  sessions:
    rate: 2/s                      # new users per second
    requests: 10                   # requests of each
    think: {exponential: {mean: 5s}}

backends:
  default:
    service: {exponential: {mean: 40ms}}

faults:
  - {at: 60s, crash: node2, for: 2m}   # a route or an address of the configuration

duration: 5m
`,
  apache: `${EDITOR_LINES}
# Which lbmethod loses fewer sessions when a member crashes?
proxy:
  inline: |
    <Proxy balancer://shop>
        BalancerMember http://10.0.0.1:8080 route=node1 loadfactor=2
        BalancerMember http://10.0.0.2:8080 route=node2
        ProxySet stickysession=JSESSIONID
    </Proxy>
    ProxyPass /shop balancer://shop/shop
    ProxyPassReverse /shop balancer://shop/shop

clients:
  sessions: {rate: 5/s, requests: 10, think: {exponential: {mean: 3s}}}

backends:
  default: {service: {lognormal: {p50: 30ms, p99: 400ms}}, cores: 4}
  node2: {speed: 0.5}              # half as fast as the others

faults:
  - {at: 60s, crash: node1, for: 60s}

duration: 4m
warm-up: 30s
variants: {lbmethod: [byrequests, bytraffic, bybusyness]}
`,
};

export const TEMPLATE_NAMES = Object.keys(TEMPLATES);

const HINT = "choose another place: lbsim init FILE";

/** `lbsim init`: writes a commented scenario; never overwrites without --force. */
export function init(file: string, template: string, force: boolean, output: Output): number {
  if (existsSync(file) && !force)
    throw new KnownError("file-exists", `${file} exists already`, "choose another name, or overwrite it with --force");
  assertWritable(file, HINT);
  writeFiles([{ path: file, content: TEMPLATES[template] ?? "" }], HINT);
  const first = template === "minimal" ? "put your httpd.conf beside it, then" : "try";
  output.out(`${file} written; ${first}: lbsim run ${file}\n`);
  return ExitCode.FINE;
}
