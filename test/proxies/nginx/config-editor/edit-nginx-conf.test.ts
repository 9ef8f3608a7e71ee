import { describe, expect, it } from "vitest";
import type { SettingTarget } from "../../../../src/contract/config-editor.ts";
import { editNginxConf } from "../../../../src/proxies/nginx/config-editor/index.ts";
import { load } from "../config/read-text.ts";

const TEXT = `# shop
events { worker_connections 768; }
http {
    upstream shop {   # the backends
        server 10.0.0.1:8080 weight=3;
        server 10.0.0.2:8080 backup;
        server 10.0.0.1:8080 max_fails=2;
    }
    upstream other { ip_hash; server 10.0.0.3; }
    server {
        listen 80;
        location / { proxy_pass http://shop; proxy_read_timeout 5s; }
    }
}
`;

function result(target: SettingTarget, key: string, value: string, text = TEXT) {
  return editNginxConf(text, load(text), target, key, value);
}

function edited(target: SettingTarget, key: string, value: string, text = TEXT): string {
  const changed = result(target, key, value, text);
  if (!("text" in changed)) throw new Error(changed.message);
  // What was written must be what nginx reads.
  load(changed.text);
  return changed.text;
}

function refusal(target: SettingTarget, key: string, value = "1") {
  const refused = result(target, key, value);
  if ("text" in refused) throw new Error("it was changed");
  return refused;
}

const upstream = (name: string): SettingTarget => ({ kind: "upstream", name });
const server = (name: string): SettingTarget => ({ kind: "server", name });
const bare: SettingTarget = { kind: "any", name: "" };

describe("editNginxConf", () => {
  it("puts a method first into its block, where a later keepalive can wrap it", () => {
    expect(edited(upstream("shop"), "method", "least_conn")).toBe(
      TEXT.replace("# the backends", "# the backends\n        least_conn;"),
    );
  });

  it("replaces a method and takes it away for round_robin", () => {
    expect(edited(upstream("other"), "method", "hash $arg_k consistent")).toBe(
      TEXT.replace("ip_hash;", "hash $arg_k consistent;"),
    );
    expect(edited(upstream("OTHER"), "method", "round_robin")).toBe(TEXT.replace("ip_hash;", ""));
  });

  it("sets, adds and removes directives of an upstream", () => {
    const zoned = edited(upstream("shop"), "zone", "shop 64k");
    expect(zoned).toBe(TEXT.replace("max_fails=2;\n", "max_fails=2;\n        zone shop 64k;\n"));
    expect(edited(upstream("shop"), "zone", "shop 128k", zoned)).toBe(zoned.replace("64k", "128k"));
    expect(edited(upstream("shop"), "zone", "off", zoned)).toBe(TEXT);
  });

  it("changes a parameter of a server line and leaves the rest byte for byte", () => {
    expect(edited(server("10.0.0.2:8080"), "weight", "5")).toBe(TEXT.replace("backup;", "backup weight=5;"));
    expect(edited(server("other/10.0.0.3"), "max_fails", "0")).toBe(TEXT.replace("10.0.0.3;", "10.0.0.3 max_fails=0;"));
    expect(edited({ kind: "member", name: "10.0.0.3:80" }, "down", "on")).toBe(
      TEXT.replace("10.0.0.3;", "10.0.0.3 down;"),
    );
    expect(edited(server("10.0.0.2:8080"), "backup", "off")).toBe(TEXT.replace(" backup;", ";"));
  });

  it("still finds a server after another setting moved its line", () => {
    const moved = editNginxConf(TEXT, load(TEXT), upstream("shop"), "method", "least_conn");
    if (!("text" in moved)) throw new Error(moved.message);
    const changed = editNginxConf(moved.text, load(TEXT), server("10.0.0.2:8080"), "max_conns", "4");
    expect(changed).toEqual({ text: moved.text.replace("backup;", "backup max_conns=4;") });
  });

  it("sets directives of events and http", () => {
    const worker: SettingTarget = { kind: "server", name: "" };
    expect(edited(worker, "worker_connections", "10")).toBe(TEXT.replace("768", "10"));
    expect(edited(worker, "proxy_read_timeout", "1s")).toBe(TEXT.replace("timeout 5s", "timeout 1s"));
    expect(edited(worker, "proxy_next_upstream", "error http_503")).toBe(
      TEXT.replace("http {", "http {\n    proxy_next_upstream error http_503;"),
    );
    expect(edited(worker, "worker_processes", "2")).toBe(`worker_processes 2;\n${TEXT}`);
  });

  it("refuses what is unknown, ambiguous or no value, and names what there is", () => {
    expect(refusal(upstream("shpo"), "method", "least_conn").hint).toContain("shop, other");
    expect(refusal(upstream("shop"), "method", "fastest")).toMatchObject({ code: "wrong-value" });
    expect(refusal(upstream("shop"), "colour")).toMatchObject({ code: "unknown-setting" });
    expect(refusal(server("10.0.0.1:8080"), "weight")).toMatchObject({ code: "ambiguous-setting" });
    expect(refusal(server("10.9.9.9"), "weight").hint).toContain("shop/10.0.0.2:8080");
    expect(refusal(server("10.0.0.2:8080"), "colour")).toMatchObject({ code: "unknown-setting" });
    expect(refusal(server("10.0.0.2:8080"), "backup", "maybe")).toMatchObject({ code: "wrong-value" });
    expect(refusal(upstream("shop"), "zone", "a; b")).toMatchObject({ code: "wrong-value" });
    expect(refusal(bare, "method", "least_conn")).toMatchObject({ code: "ambiguous-setting" });
    expect(refusal(bare, "colour")).toMatchObject({ code: "unknown-setting" });
    expect(refusal({ kind: "server", name: "" }, "http")).toMatchObject({ code: "unknown-setting" });
  });

  it("takes a bare key where one thing alone can be meant", () => {
    const text = "upstream a { server 10.0.0.1:80; }\n";
    expect(edited(bare, "lbmethod", "ip_hash", text)).toBe("upstream a { ip_hash; server 10.0.0.1:80; }\n");
    expect(edited(bare, "weight", "2", text)).toBe("upstream a { server 10.0.0.1:80 weight=2; }\n");
  });
});
