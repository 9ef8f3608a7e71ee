import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readHttpdConf } from "../../../../src/proxies/apache/config/read-httpd-conf.ts";
import { hostWith } from "./read-text.ts";

const folder = new URL("../../../golden/apache/", import.meta.url);
const cases = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/case.json`, folder)));

/** What the recorder's wrapper set where a case says nothing (golden/FORMAT.md, "Timing in saturation cases"). */
const WRAPPER = {
  startServers: 1,
  serverLimit: 1,
  threadLimit: 64,
  threadsPerChild: 64,
  maxRequestWorkers: 64,
  minSpareThreads: 1,
  maxSpareThreads: 64,
  asyncFactor: 4,
};

/** Node i listens on port 9000 + i. */
function fill(text: string): string {
  return text
    .replaceAll("{{listen.port}}", "8000")
    .replaceAll("{{listen}}", "127.0.0.1:8000")
    .replace(/\{\{node(\d+)\.host\}\}/g, "127.0.0.1")
    .replace(/\{\{node(\d+)\.port\}\}/g, (_all, n) => String(9000 + Number(n)))
    .replace(/\{\{node(\d+)\}\}/g, (_all, n) => `127.0.0.1:${9000 + Number(n)}`);
}

function readCase(name: string) {
  const text = (file: string) => readFileSync(new URL(`${name}/${file}`, folder), "utf8");
  const described = JSON.parse(text("case.json"));
  const files: Record<string, string> = {};
  for (const [file, lines] of Object.entries(described.files ?? {})) {
    files[`{{dir}}/${file}`] = fill((lines as string[]).join("\n"));
  }
  const options = described.modules === undefined ? {} : { modules: described.modules };
  const reading = readHttpdConf("{{dir}}/proxy.conf", fill(text("proxy.conf")), hostWith(files), options, WRAPPER);
  return { reading, trace: JSON.parse(text("trace.json")) };
}

describe("readHttpdConf on the recorded configurations", () => {
  it("finds the recorded cases", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)("%s loads, or is refused in httpd's recorded words", (name) => {
    const { reading, trace } = readCase(name);
    const wanted = trace.config_error;
    const refused = reading.refusal === null ? null : { text: reading.refusal.text, at: reading.refusal.at };
    expect(refused).toEqual(wanted === undefined ? null : { text: wanted.text, at: wanted.at ?? "syntax" });
    expect(reading.config === null).toBe(wanted !== undefined);
    expect(reading.programWarnings.map((w) => w.text).join("\n")).toBe(fill(trace.config_warnings ?? ""));
  });

  it.each(cases)(
    "%s shows members, routes and settings as the balancer-manager did before the first request",
    (name) => {
      const { reading, trace } = readCase(name);
      const rows = (trace.requests ?? []).find((r: { manager?: unknown }) => r.manager !== undefined)?.manager ?? [];
      for (const row of rows) {
        // The page ends with a table of health check expressions, recorded as one more row.
        if (row.balancer_row !== undefined && row.balancer_row.Method === undefined) continue;
        const balancer = reading.config?.balancers.find((b) => b.name === row.balancer);
        if (balancer === undefined) throw new Error(`no balancer ${row.balancer}`);
        if (row.balancer_row !== undefined) {
          expect(row.balancer_row.Method).toBe(balancer.lbmethod);
          expect(row.balancer_row.Path).toBe(balancer.path);
          expect(row.balancer_row.DisableFailover).toBe(balancer.nofailover ? "On" : "Off");
          expect(Number(row.balancer_row.Timeout)).toBe(balancer.timeoutUs / 1_000_000);
          const slots = balancer.members.length + balancer.growth;
          expect(row.balancer_row.MaxMembers).toBe(`${slots} [${balancer.members.length} Used]`);
          expect(Number(row.balancer_row.FailoverAttempts)).toBe(balancer.maxAttempts ?? balancer.members.length - 1);
        } else {
          const member = balancer.members.find((m) => m.url === fill(row["Worker URL"]) && m.route === row.Route);
          expect(member).toMatchObject({ redirect: row.RouteRedir, lbset: Number(row.Set) });
          expect((member?.factor ?? 0) / 100).toBe(Number(row.Factor));
          if (row["HC Method"] !== undefined) {
            expect(member?.healthCheck.method).toBe(row["HC Method"]);
            expect(`${(member?.healthCheck.intervalUs ?? 0) / 1000}ms`).toBe(row["HC Interval"]);
            expect(member?.healthCheck.uri).toBe(row["HC uri"]);
            expect(member?.healthCheck.expression).toBe(row["HC Expr"]);
          }
        }
      }
    },
  );
});
