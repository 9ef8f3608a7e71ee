import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit, refuseManyWays } from "../../shared/refuse-edit.ts";
import type { EditedConfig, EditTarget } from "./edit-target.ts";
import { setBalancerParameter } from "./set-balancer-parameter.ts";
import { setMemberParameter } from "./set-member-parameter.ts";
import { setServerDirective } from "./set-server-directive.ts";
import { BALANCER_KEYS, MEMBER_KEYS } from "./setting-keys.ts";

/**
 * Sets one parameter or directive in the text of an httpd.conf and leaves everything else byte for byte. Existing
 * occurrences are replaced, all of them, because httpd lets the last line win; otherwise the parameter is added to the
 * BalancerMember line, or as a ProxySet line at the end of the `<Proxy>` section.
 */
export function editHttpdConf(
  text: string,
  config: EditedConfig,
  target: EditTarget,
  key: string,
  value: string,
): EditResult {
  if (/[\r\n\0]/.test(value)) return refuseEdit("wrong-value", "a value must stay on one line");
  // YAML reads true and false where httpd writes On and Off.
  const written = value === "true" ? "On" : value === "false" ? "Off" : value;
  if (target.kind === "server") return setServerDirective(text, key, written);
  if (target.kind === "balancer") return setBalancerParameter(text, config, target.name, key, written);
  if (target.kind === "member") return setMemberParameter(text, config, target.name, key, written);
  if (target.kind !== "any") {
    const what = target.kind === "upstream" ? "upstreams" : `"${target.kind}"`;
    return refuseEdit("unknown-setting", `httpd has no ${what}`, `write balancer(${target.name}).${key}`);
  }
  return setBareKey(text, config, key, written);
}

/** A key without target: allowed where only one balancer or member can be meant. */
function setBareKey(text: string, config: EditedConfig, key: string, value: string): EditResult {
  const isBalancer = BALANCER_KEYS.includes(key.toLowerCase());
  const isMember = MEMBER_KEYS.includes(key.toLowerCase());
  const balancers = config.balancers.map((balancer) => balancer.name);
  const members = [...config.balancers.flatMap((balancer) => balancer.members), ...config.workers];
  const ways = [
    ...(isBalancer ? balancers.map((name) => `balancer(${name}).${key}`) : []),
    ...(isMember ? members.map((member) => `member(${member.address}).${key}`) : []),
  ];
  const [only, second] = ways;
  if (!isBalancer && !isMember) {
    const hint = `balancer: ${BALANCER_KEYS.join(", ")}; member: ${MEMBER_KEYS.join(", ")}; server.${key} for a directive`;
    return refuseEdit("unknown-setting", `"${key}" is not a parameter of a balancer or member`, hint);
  }
  if (only === undefined)
    return refuseEdit("unknown-setting", `the configuration has nothing that could have "${key}"`);
  if (second !== undefined) return refuseManyWays(key, ways);
  if (isBalancer) return setBalancerParameter(text, config, balancers[0] ?? "", key, value);
  return setMemberParameter(text, config, members[0]?.address ?? "", key, value);
}
