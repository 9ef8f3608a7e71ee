import type { EditResult } from "../../../contract/config-editor.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import { applyEdits } from "../../shared/text-edit.ts";
import type { MemberConfig } from "../config/apache-config.ts";
import type { EditedConfig } from "./edit-target.ts";
import { parameterText } from "./parameter-text.ts";
import { scanDirectives } from "./scan-directives.ts";

/** Sets a parameter of one member on its BalancerMember (or ProxyPass) line, or adds it at the end of that line. */
export function setMemberParameter(
  text: string,
  config: EditedConfig,
  name: string,
  key: string,
  value: string,
): EditResult {
  const all = namedMembers(config);
  const found = all.filter((each) => each.names.includes(name));
  const [only, second] = found;
  if (only === undefined) {
    const hint = `members: ${all.map((each) => each.title).join(", ")}`;
    return refuseEdit("unknown-setting", `there is no member "${name}"`, all.length === 0 ? null : hint);
  }
  if (second !== undefined) {
    const hint = `write one of: ${found.map((each) => `member(${each.title}).${key}`).join(", ")}`;
    return refuseEdit("ambiguous-setting", `"${name}" can mean ${found.length} members`, hint);
  }
  const { position } = only.member;
  if (position.file !== config.file) {
    return refuseEdit(
      "unknown-setting",
      `"${name}" stands in ${position.file}, not in ${config.file}`,
      "change that file",
    );
  }
  const line = scanDirectives(text).find(
    (each) =>
      each.line <= position.line &&
      position.line <= each.lastLine &&
      ["balancermember", "proxypass", "proxypassmatch"].includes(each.name.toLowerCase()),
  );
  if (line === undefined)
    return refuseEdit("unknown-setting", `line ${position.line} has no member that could be changed`);
  const parameter = parameterText(key, value);
  const existing = line.words.filter((word) => word.value.toLowerCase().startsWith(`${key.toLowerCase()}=`));
  const edits = existing.map((word) => ({ start: word.start, end: word.end, text: parameter }));
  if (edits.length === 0) edits.push({ start: line.end, end: line.end, text: ` ${parameter}` });
  return applyEdits(text, edits);
}

interface NamedMember {
  readonly member: MemberConfig;
  /** Unambiguous where two balancers share an address. */
  readonly title: string;
  readonly names: readonly string[];
}

function namedMembers(config: EditedConfig): readonly NamedMember[] {
  const ofBalancers = config.balancers.flatMap((balancer) =>
    balancer.members.map((member): NamedMember => {
      const plain = [member.address, member.url, member.host, member.route].filter((each) => each !== "");
      return {
        member,
        title: config.balancers.length > 1 ? `${balancer.name}/${member.address}` : member.address,
        names: [...plain, ...plain.map((each) => `${balancer.name}/${each}`)],
      };
    }),
  );
  const workers = config.workers.map((member) => ({
    member,
    title: member.url,
    names: [member.address, member.url, member.host],
  }));
  return [...ofBalancers, ...workers];
}
