import { describe, expect, it } from "vitest";
import { applySettings, parseSettingKey } from "../../src/config/apply-settings.ts";
import type { ConfigEditor } from "../../src/contract/config-editor.ts";

const POSITION = { file: "s.yaml", line: 9, column: 3, length: 2 };

function setting(key: string, value = "1") {
  return { key, value, position: POSITION };
}

/** Writes down what it was asked; refuses the key "bad". */
const recorder: ConfigEditor = {
  set: (text, target, key, value) =>
    key === "bad"
      ? { code: "unknown-setting", severity: "error", message: "no", hint: null, position: null }
      : { text: `${text}${target.kind}(${target.name}).${key}=${value}\n` },
};

describe("the key of a setting", () => {
  it("names a target and a parameter", () => {
    expect(parseSettingKey(setting("balancer(shop).lbmethod"))).toEqual({
      target: { kind: "balancer", name: "shop" },
      key: "lbmethod",
    });
    expect(parseSettingKey(setting("member(http://10.0.0.1:80).retry"))).toEqual({
      target: { kind: "member", name: "http://10.0.0.1:80" },
      key: "retry",
    });
    expect(parseSettingKey(setting('member("a b").retry'))).toMatchObject({ target: { name: "a b" } });
    expect(parseSettingKey(setting("server.Timeout"))).toEqual({
      target: { kind: "server", name: "" },
      key: "Timeout",
    });
    expect(parseSettingKey(setting("lbmethod"))).toEqual({ target: { kind: "any", name: "" }, key: "lbmethod" });
  });

  it("that is none is refused where it stands", () => {
    expect(parseSettingKey(setting("balancr(a).b"))).toMatchObject({
      code: "unknown-setting",
      hint: 'did you mean "balancer"?',
      position: POSITION,
    });
    expect(parseSettingKey(setting("member.retry"))).toMatchObject({
      code: "unknown-setting",
      message: "which member?",
    });
    expect(parseSettingKey(setting("a b"))).toMatchObject({ code: "unknown-setting" });
    expect(parseSettingKey(setting(""))).toMatchObject({ code: "unknown-setting" });
  });
});

describe("applying settings", () => {
  it("goes in their order and shows the change", () => {
    const applied = applySettings("a.conf", "x\n", [setting("server.A"), setting("b", "2")], recorder, []);
    expect(applied.problems).toEqual([]);
    expect(applied.text).toBe("x\nserver().A=1\nany().b=2\n");
    expect(applied.diff).toContain("+server().A=1\n+any().b=2\n");
  });

  it("of member(*) sets every member, in the order of the configuration", () => {
    const members = ["10.0.0.2:80", "10.0.0.1:80"];
    const applied = applySettings("a.conf", "", [setting("member(*).retry", "5")], recorder, members);
    expect(applied.text).toBe("member(10.0.0.2:80).retry=5\nmember(10.0.0.1:80).retry=5\n");
    const refused = applySettings("a.conf", "", [setting("member(*).bad")], recorder, members);
    // Said once, not once a member.
    expect(refused.problems).toMatchObject([{ message: "no", position: POSITION }]);
  });

  it("suggests the nearest key that the target can have, and leaves all other keys to the editor", () => {
    const editor: ConfigEditor = {
      ...recorder,
      keys: ({ kind }) => (kind === "member" ? ["loadfactor", "retry"] : []),
    };
    const mistyped = applySettings("a.conf", "x\n", [setting("member(a).loadfacto")], editor, []);
    expect(mistyped.problems).toMatchObject([
      { code: "unknown-setting", hint: 'did you mean "loadfactor"?', position: POSITION },
    ]);
    const others = [setting("member(a).LoadFactor"), setting("member(a).colour"), setting("server.retr")];
    expect(applySettings("a.conf", "x\n", others, editor, []).problems).toEqual([]);
  });

  it("changes nothing when one of them is refused, and says where that stands", () => {
    const applied = applySettings("a.conf", "x\n", [setting("a"), setting("bad"), setting("?(")], recorder, []);
    expect(applied.text).toBe("x\n");
    expect(applied.diff).toBe("");
    expect(applied.problems).toMatchObject([{ message: "no", position: POSITION }, { code: "unknown-setting" }]);
  });
});
