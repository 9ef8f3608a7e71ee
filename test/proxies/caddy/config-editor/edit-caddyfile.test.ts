import { describe, expect, it } from "vitest";
import { editCaddyfile } from "../../../../src/proxies/caddy/config-editor/edit-caddyfile.ts";
import { configOf } from "../config/read-text.ts";

const TEXT = ":80 {\n\treverse_proxy /a x:1 y:1 {\n\t\tlb_policy first # why\n\t}\n\treverse_proxy /b x:1\n}\n";

function set(name: string, key: string, value: string) {
  const kind = name === "" ? ("any" as const) : ("reverse_proxy" as const);
  return editCaddyfile(TEXT, configOf(TEXT), { kind, name }, key, value);
}

describe("settings of a Caddyfile", () => {
  it("replace what is written and leave the rest byte for byte", () => {
    expect(set("/a", "lb_policy", "round_robin")).toEqual({ text: TEXT.replace("first # why", "round_robin") });
  });

  it("open a block where there is none", () => {
    const edited = set("/b", "dial_timeout", "1s");
    expect("text" in edited && configOf(edited.text).proxies[1]?.transport.dialTimeoutUs).toBe(1_000_000);
  });

  it("ask which one when there are several", () => {
    expect(set("", "lb_policy", "first")).toMatchObject({ message: "which reverse_proxy? there are 2" });
  });

  it("refuse a key that reverse_proxy does not have", () => {
    expect(set("/a", "weight", "2")).toMatchObject({ code: "unknown-setting" });
  });
});
