import type { PassedOver, Position } from "../../../contract/problem.ts";
import type { Finding, Diagnostic as SharedDiagnostic } from "../../shared/diagnostic.ts";
import type { ApacheConfig, BalancerConfig, MemberConfig } from "../config/apache-config.ts";
import type { ParameterUse } from "../config/parameter-use.ts";
import type { SharedMember } from "../config/reader.ts";

/** What the diagnostics look at: the configuration, and what of its words the configuration has lost. */
export interface Subject {
  readonly config: ApacheConfig;
  readonly parameters: readonly ParameterUse[];
  readonly sharedMembers: readonly SharedMember[];
  readonly passedOver: readonly PassedOver[];
  /** The first line of mod_access_compat, null = there is none. */
  readonly oldAccess: Position | null;
  /** Modules that the files load themselves. */
  readonly written: readonly string[];
}

/** A diagnostic of this family. */
export type Diagnostic = SharedDiagnostic<Subject>;

type BalancerTest = (balancer: BalancerConfig, subject: Subject) => readonly Finding[];
type MemberTest = (member: MemberConfig, balancer: BalancerConfig, subject: Subject) => Finding | null;

/** Looks at one balancer after the other. */
export function perBalancer(test: BalancerTest): Diagnostic["find"] {
  return (subject) => subject.config.balancers.flatMap((balancer) => test(balancer, subject));
}

/** Looks at one balancer member after the other. */
export function perMember(test: MemberTest): Diagnostic["find"] {
  return perBalancer((balancer, subject) => balancer.members.flatMap((m) => test(m, balancer, subject) ?? []));
}

/** Looks at the `key=value` arguments with one of these keys. */
export function perParameter(keys: readonly string[], test: (use: ParameterUse, subject: Subject) => Finding | null) {
  return (subject: Subject): readonly Finding[] =>
    subject.parameters.filter((use) => keys.includes(use.key)).flatMap((use) => test(use, subject) ?? []);
}

/** Members that take requests in normal times: no spares, standbys, disabled or stopped ones. */
export function workingMembers(balancer: BalancerConfig): readonly MemberConfig[] {
  return balancer.members.filter((m) => !hasFlag(m, "HRDSNC"));
}

/** True when the member carries one of these status letters. */
export function hasFlag(member: MemberConfig, letters: string): boolean {
  return [...member.status].some((letter) => letters.includes(letter));
}

/** Members of a list by name, at most a few. */
export function names(members: readonly MemberConfig[]): string {
  const urls = members.slice(0, 4).map((m) => m.url);
  return members.length > 4 ? `${urls.join(", ")} and ${members.length - 4} more` : urls.join(", ");
}

/** Where a parameter of a balancer was written last, or the balancer itself. */
export function whereSet(subject: Subject, balancer: BalancerConfig, key: string): Position {
  const name = balancer.name.replace(/@.*$/, "");
  const uses = subject.parameters.filter((u) => u.owner === "balancer" && u.name === name && u.key === key);
  return uses[uses.length - 1]?.position ?? balancer.position;
}

export function secondsText(us: number): string {
  return `${us / 1_000_000} s`;
}
