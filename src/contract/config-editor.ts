import type { Problem } from "./problem.ts";

/** What a setting is about. `any` = a bare key, allowed only where one target exists. */
export interface SettingTarget {
  readonly kind: "balancer" | "member" | "server" | "upstream" | "backend" | "reverse_proxy" | "any";
  /** Name, address or alias; "" for `server` and `any`. */
  readonly name: string;
}

/** The changed text, or why it can't be changed (without position: the caller knows where the setting stands). */
export type EditResult = { readonly text: string } | Problem;

/**
 * Changes a configuration as text, the way its author would write it; supplied by the family. Everything that the setting
 * doesn't touch stays byte for byte, and the result passes through the family's own reader afterwards.
 */
export interface ConfigEditor {
  /** Keys that a target of this kind can have, for suggestions; absent or empty = not known, or `set` suggests itself. */
  keys?(target: SettingTarget): readonly string[];
  set(text: string, target: SettingTarget, key: string, value: string): EditResult;
}
