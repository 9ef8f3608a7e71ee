import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readNginxConf } from "../../../../src/proxies/nginx/config/read-nginx-conf.ts";
import { hostWith } from "./read-text.ts";

const folder = new URL("../../../golden/nginx/", import.meta.url);
const cases = readdirSync(folder);

/** Node i listens on port 9000 + i. */
function fill(text: string): string {
  return text
    .replaceAll("{{listen.port}}", "8000")
    .replaceAll("{{listen}}", "127.0.0.1:8000")
    .replaceAll("{{listen2}}", "127.0.0.1:8001")
    .replace(/\{\{node(\d+)\.host\}\}/g, "127.0.0.1")
    .replace(/\{\{node(\d+)\.port\}\}/g, (_all, n) => String(9000 + Number(n)))
    .replace(/\{\{node(\d+)\}\}/g, (_all, n) => `127.0.0.1:${9000 + Number(n)}`);
}

describe("readNginxConf on the recorded configurations", () => {
  it.each(cases)("%s loads, or is refused in nginx's recorded words", (name) => {
    const text = (file: string) => readFileSync(new URL(`${name}/${file}`, folder), "utf8");
    const reading = readNginxConf("{{dir}}/proxy.conf", fill(text("proxy.conf")), hostWith(), {}, true);
    const trace = JSON.parse(text("trace.json"));
    // Only the last line names a file of the recorder's own.
    const wanted = trace.config_error?.text.replace("{{dir}}/nginx.conf test failed", "{{dir}}/proxy.conf test failed");
    expect(reading.refusal?.text ?? null).toBe(wanted ?? null);
    expect(reading.programWarnings.map((warning) => warning.text).join("\n")).toBe(trace.config_warnings ?? "");
    expect(reading.config === null).toBe(wanted !== undefined);
  });
});
