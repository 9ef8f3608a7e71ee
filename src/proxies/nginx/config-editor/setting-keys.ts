import type { SettingTarget } from "../../../contract/config-editor.ts";
import { SERVER_KEYS } from "./set-server-line.ts";
import { UPSTREAM_KEYS } from "./set-upstream.ts";

/** `method` is also taken under the names that other families have for it. */
const OF_UPSTREAM: readonly string[] = [...UPSTREAM_KEYS, "lbmethod", "balance"];

/** What a target can have; none for `server` without a name, whose keys are nginx's directives. */
export function settingKeys({ kind, name }: SettingTarget): readonly string[] {
  if (kind === "upstream" || kind === "balancer") return OF_UPSTREAM;
  if (kind === "member" || (kind === "server" && name !== "")) return SERVER_KEYS;
  return kind === "any" ? [...OF_UPSTREAM, ...SERVER_KEYS] : [];
}
