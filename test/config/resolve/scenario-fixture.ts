import { type ParsedScenario, parseScenario } from "../../../src/config/parse-scenario.ts";
import type { MemberFact, ProxyFacts } from "../../../src/contract/proxy-facts.ts";

/** A member at 10.0.0.N:8080 with route nodeN, written on line N + 10 of httpd.conf. */
export function member(n: number, changes: Partial<MemberFact> = {}): MemberFact {
  return {
    address: `10.0.0.${n}:8080`,
    aliases: [`node${n}`],
    group: "shop",
    weight: 1,
    route: `node${n}`,
    position: { file: "httpd.conf", line: n + 10, column: 5, length: 14 },
    ...changes,
  };
}

/** Facts of a configuration with two members behind one balancer. */
export function facts(changes: Partial<ProxyFacts> = {}): ProxyFacts {
  return {
    members: [member(1), member(2)],
    listens: ["80"],
    names: ["www.example.org"],
    targets: [{ path: "/", group: "shop", host: "", position: { file: "httpd.conf", line: 20, column: 1, length: 9 } }],
    threads: 400,
    stickyCookie: { cookie: "JSESSIONID", path: "jsessionid" },
    setsCookies: [],
    ...changes,
  };
}

/** A scenario with these lines; `proxy`, `clients` and `duration` are added where they are missing. */
export function scenario(...lines: readonly string[]): ParsedScenario {
  const needed = ["proxy: httpd.conf", "clients: {sessions: {rate: 2/s}}", "duration: 5m"];
  const keyOf = (line: string) => line.slice(0, line.indexOf(":"));
  const added = needed.filter((line) => !lines.some((other) => keyOf(other) === keyOf(line)));
  const { scenario: read, problems } = parseScenario("s.yaml", [...lines, ...added].join("\n"), () => null);
  if (read === null) throw new Error(problems.map((each) => each.message).join("\n"));
  return read;
}
