import { describe, expect, it } from "vitest";
import type { SettingTarget } from "../../../../src/contract/config-editor.ts";
import { editHaproxyCfg } from "../../../../src/proxies/haproxy/config-editor/index.ts";
import { read } from "../config/read-text.ts";

const TEXT = `frontend fe
  bind :80
  default_backend shop

backend shop   # the shop
    balance roundrobin # in turn
    cookie SRV insert indirect
    server a 10.0.0.1:80 cookie weight check # first
    server b 10.0.0.2:80 weight 3
backend other
    server a 10.0.0.3:80
`;

function edit(kind: SettingTarget["kind"], name: string, key: string, value: string) {
  const { config } = read(TEXT);
  if (config === null) throw new Error("refused");
  return editHaproxyCfg(TEXT, config, { kind, name }, key, value);
}

/** Lines that differ from the original, as [old, new]. */
function changed(result: ReturnType<typeof edit>): readonly (readonly [string, string])[] {
  if (!("text" in result)) throw new Error(result.message);
  const after = result.text.split("\n");
  const before = TEXT.split("\n");
  expect(after.length).toBe(before.length);
  return before.flatMap((line, i) => (line === after[i] ? [] : [[line, after[i] ?? ""] as const]));
}

describe("editHaproxyCfg", () => {
  it("changes a method and keeps the comment behind it", () => {
    expect(changed(edit("backend", "shop", "balance", "leastconn"))).toEqual([
      ["    balance roundrobin # in turn", "    balance leastconn # in turn"],
    ]);
  });

  it("adds a keyword below the section's line, indented as its neighbours are", () => {
    const result = edit("backend", "shop", "redispatch", "1");
    expect("text" in result && result.text).toContain(
      "backend shop   # the shop\n    option redispatch 1\n    balance roundrobin",
    );
  });

  it("takes a keyword out", () => {
    const result = edit("backend", "shop", "cookie", "off");
    expect("text" in result && result.text.includes("cookie SRV")).toBe(false);
  });

  it("changes a parameter of a server and does not mistake a value for one", () => {
    expect(changed(edit("server", "shop/a", "weight", "5"))[0]?.[1]).toBe(
      "    server a 10.0.0.1:80 cookie weight check weight 5 # first",
    );
    expect(changed(edit("server", "b", "weight", "5"))[0]?.[1]).toBe("    server b 10.0.0.2:80 weight 5");
    expect(changed(edit("server", "shop/a", "check", "off"))[0]?.[1]).toBe(
      "    server a 10.0.0.1:80 cookie weight # first",
    );
  });

  it("refuses names that are unknown or can mean several things, with a suggestion", () => {
    expect(edit("backend", "shpo", "balance", "first")).toMatchObject({ code: "unknown-setting" });
    expect(edit("server", "a", "weight", "2")).toMatchObject({ code: "ambiguous-setting" });
    expect(edit("any", "", "balance", "first")).toMatchObject({ code: "ambiguous-setting" });
    expect(edit("server", "b", "wieght", "2")).toMatchObject({ hint: 'did you mean "weight"?' });
  });
});
