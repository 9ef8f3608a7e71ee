import type { ConfigEditor, SettingTarget } from "../contract/config-editor.ts";
import type { Problem } from "../contract/problem.ts";
import { suggest } from "../contract/suggest.ts";
import { lineDiff } from "./line-diff.ts";
import { problem } from "./problem.ts";
import type { Setting } from "./setting.ts";

const TARGETS = ["balancer", "member", "server", "upstream", "backend", "reverse_proxy"] as const;

/** A changed configuration: its text, and what changed in the form of `diff -u`; "" when nothing did. */
export interface AppliedSettings {
  readonly text: string;
  readonly diff: string;
  readonly problems: readonly Problem[];
}

/**
 * Applies settings in their order to the text of a configuration; one of `member(*)` to each of `members`, the addresses
 * of all. With problems the text is the original.
 */
export function applySettings(
  file: string,
  text: string,
  settings: readonly Setting[],
  editor: ConfigEditor,
  members: readonly string[],
): AppliedSettings {
  const problems: Problem[] = [];
  let current = text;
  for (const setting of settings) {
    const parsed = parseSettingKey(setting);
    if ("code" in parsed) {
      problems.push(parsed);
      continue;
    }
    const mistyped = mistypedKey(parsed.target, parsed.key, setting, editor);
    if (mistyped !== null) {
      problems.push(mistyped);
      continue;
    }
    for (const target of targetsOf(parsed.target, members)) {
      const edited = editor.set(current, target, parsed.key, setting.value);
      if ("code" in edited) {
        problems.push({ ...edited, position: setting.position });
        break;
      }
      current = edited.text;
    }
  }
  if (problems.length > 0) return { text, diff: "", problems };
  return { text: current, diff: lineDiff(file, text, current), problems };
}

function targetsOf(target: SettingTarget, members: readonly string[]): readonly SettingTarget[] {
  const isForAll = target.kind === "member" && target.name === "*" && members.length > 0;
  return isForAll ? members.map((name) => ({ kind: "member", name })) : [target];
}

/** A key that the target can't have although it nearly is one that it can; all others are the editor's to judge. */
function mistypedKey(target: SettingTarget, key: string, setting: Setting, editor: ConfigEditor): Problem | null {
  const known = editor.keys?.(target) ?? [];
  if (known.some((each) => each.toLowerCase() === key.toLowerCase())) return null;
  const near = suggest(key, known);
  if (near === null) return null;
  const of = target.kind === "any" ? "" : ` of a ${target.kind}`;
  return problem("unknown-setting", `"${key}" is not a setting${of}`, `did you mean "${near}"?`, setting.position);
}

/** "balancer(shop).lbmethod" as target and key; "lbmethod" alone has the target `any`. */
export function parseSettingKey(setting: Setting): { readonly target: SettingTarget; readonly key: string } | Problem {
  const parts = /^\s*(?:([A-Za-z_]+)(?:\((.*)\))?\.)?([^().\s]+)\s*$/.exec(setting.key);
  const hint =
    "settings: balancer(NAME).KEY, member(ADDRESS).KEY, member(*).KEY, server.KEY, upstream(NAME).KEY, backend(NAME).KEY, server(NAME).KEY, reverse_proxy(NAME).KEY or KEY";
  if (parts === null) return problem("unknown-setting", `"${setting.key}" is not a setting`, hint, setting.position);
  const [, word, name = "", key = ""] = parts;
  if (word === undefined) return { target: { kind: "any", name: "" }, key };
  const kind = TARGETS.find((each) => each === word);
  if (kind === undefined) {
    const near = suggest(word, TARGETS);
    const meant = near === null ? hint : `did you mean "${near}"?`;
    return problem("unknown-setting", `"${word}" can't be set`, meant, setting.position);
  }
  const quoted = /^"(.*)"$/.exec(name.trim());
  const plain = quoted?.[1] ?? name.trim();
  if (kind !== "server" && plain === "") {
    return problem("unknown-setting", `which ${kind}?`, `write ${kind}(NAME).${key}`, setting.position);
  }
  return { target: { kind, name: plain }, key };
}
