import { describe, expect, it } from "vitest";
import type { HeaderRule, SectionConfig } from "../../../src/proxies/apache/config/apache-config.ts";
import { member, pass } from "./build-config.ts";
import { bench } from "./proxy-bench.ts";

const position = { file: "test.conf", line: 1, column: 1, length: 0 };

function appends(where: HeaderRule["where"], name: string, value: string, always = false): HeaderRule {
  return { where, always, action: "append", name, value, replacement: "", condition: null, position };
}

function section(match: SectionConfig["match"], part: Partial<SectionConfig>): SectionConfig {
  return { match, headers: [], errorOverride: undefined, ...part };
}

const prefix = (path: string) => ({ kind: "prefix", path }) as const;
const ordered = (value: string) => [appends("response", "X-Order", value)];

/** The sections of a server of httpd 2.4.71 whose answers are the expectations below. */
const SECTIONS: readonly SectionConfig[] = [
  section(prefix("/app"), { headers: [...ordered("app"), appends("request", "X-Seen", "app")], errorOverride: [] }),
  section(prefix("/app/raw/"), { headers: ordered("raw"), errorOverride: null }),
  section({ kind: "regex", source: "l(e|y)$" }, { headers: ordered("match") }),
  section(prefix("/app"), { headers: ordered("again") }),
  section(prefix("/none"), { headers: [appends("response", "X-Own", "yes", true)] }),
];

/** What client and member see of a request that the member answers with `status`. */
function seen(path: string, status = 200) {
  const proxy = bench(
    [member("a")],
    {},
    {
      passRules: [pass("/none", "!"), pass("/", "balancer://b/")],
      headers: [...ordered("server"), appends("request", "X-Seen", "server")],
      sections: SECTIONS,
    },
  );
  const request = proxy.request({ path });
  let steps = proxy.steps();
  let forwarded: string | undefined;
  if (steps.some(({ kind }) => kind === "CONNECT")) {
    proxy.connected(request);
    forwarded = proxy.forwarded().headers.find(({ name }) => name === "X-Seen")?.value;
    proxy.answers(request, status);
    steps = proxy.steps();
  }
  const head = steps.map(({ ref }) => ref).find((ref) => ref !== null && "status" in ref);
  if (head === undefined || head === null || !("status" in head)) throw new Error("nobody was answered");
  const headerOf = (name: string) => head.headers.find((header) => header.name === name)?.value;
  return { kind: steps[0]?.kind, order: headerOf("X-Order"), own: headerOf("X-Own"), forwarded };
}

describe("sections", () => {
  it("add their header directives after the server's, in the order in which they stand", () => {
    const order = (path: string) => seen(path).order;
    expect(order("/")).toBe("server");
    for (const path of ["/app", "/app/", "/app/x", "/app/raw", "/%61pp/x", "//app/x"])
      expect(order(path)).toBe("server, app, again");
    expect(order("/app/raw/")).toBe("server, app, raw, again");
    expect(order("/app/le")).toBe("server, app, match, again");
    expect(order("/apple")).toBe("server, match");
    expect(order("/app/../y")).toBe("server");
  });

  it("change what the member sees of their requests only", () => {
    expect(seen("/app/x").forwarded).toBe("server, app");
    expect(seen("/x").forwarded).toBe("server");
  });

  it("decide about error pages, the last that says something", () => {
    expect(seen("/fail", 500)).toMatchObject({ kind: "RELAY", order: "server" });
    expect(seen("/app/fail", 500)).toMatchObject({ kind: "REPLY", order: undefined });
    expect(seen("/app/raw/fail", 500)).toMatchObject({ kind: "RELAY", order: "server, app, raw, again" });
  });

  it("act on answers of the server itself", () => {
    expect(seen("/none/x")).toMatchObject({ kind: "REPLY", order: undefined, own: "yes" });
  });
});
