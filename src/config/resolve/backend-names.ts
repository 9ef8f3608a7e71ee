import type { Position, Problem } from "../../contract/problem.ts";
import type { MemberFact, ProxyFacts } from "../../contract/proxy-facts.ts";
import { suggest } from "../../contract/suggest.ts";
import { problem } from "../problem.ts";

/** One simulated process and everything that the configurations call it. */
export interface NamedBackend {
  /** Shown in tables: its alias where that is unambiguous, else its first address. */
  readonly id: string;
  /** host:port as configured, all that lead to this process. */
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
  readonly members: readonly MemberFact[];
  /** False when `dns` says that its name fails. */
  readonly resolves: boolean;
}

/**
 * The backends behind a configuration, one per place where something listens, in the order in which members name them.
 * With `dns`, names that resolve to one address and share a port are one process.
 */
export function nameBackends(facts: ProxyFacts, dns: Readonly<Record<string, string>>): readonly NamedBackend[] {
  const byPlace = new Map<string, MemberFact[]>();
  for (const member of facts.members) {
    const { host, port } = splitAddress(member.address);
    const answer = Object.hasOwn(dns, host) ? dns[host] : undefined;
    const place = answer === undefined || answer === "fail" ? member.address : `${answer}:${port}`;
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, [member]);
    else there.push(member);
  }
  const groups = [...byPlace.values()];
  return groups.map((members) => {
    const addresses = distinct(members.map((member) => member.address));
    const aliases = distinct(members.flatMap((member) => member.aliases));
    const isOwn = (alias: string) =>
      groups.every((other) => other === members || !other.some((member) => member.aliases.includes(alias)));
    const host = splitAddress(addresses[0] ?? "").host;
    return {
      id: aliases.find(isOwn) ?? addresses[0] ?? "",
      addresses,
      aliases,
      members,
      resolves: !(Object.hasOwn(dns, host) && dns[host] === "fail"),
    };
  });
}

/** Index of the backend that a name of the scenario means, or a problem: nobody has that name, or several have. */
export function findBackend(name: string, backends: readonly NamedBackend[], position: Position): number | Problem {
  const plain = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/.*$/, "");
  const ways: readonly ((backend: NamedBackend) => boolean)[] = [
    (backend) => backend.addresses.includes(plain),
    (backend) => backend.aliases.includes(name),
    (backend) => backend.addresses.some((address) => splitAddress(address).host === plain),
  ];
  for (const way of ways) {
    const found = backends.flatMap((backend, index) => (way(backend) ? [index] : []));
    const [first, second] = found;
    if (first === undefined) continue;
    if (second === undefined) return first;
    const candidates = found.map((index) => backends[index]?.addresses.join(" = ")).join(", ");
    return problem(
      "ambiguous-backend",
      `"${name}" can mean ${found.length} backends`,
      `write one of: ${candidates}`,
      position,
    );
  }
  const known = backends.flatMap((backend) => [...backend.aliases, ...backend.addresses]);
  const near = suggest(name, known);
  const hint =
    near === null
      ? backends.length === 0
        ? null
        : `backends: ${backends.map(title).join(", ")}`
      : `did you mean "${near}"?`;
  return problem("unknown-backend", `no backend is called "${name}"`, hint, position);
}

/** "app:8080" or "[::1]:8080" as host and port; port "" when there is none. */
export function splitAddress(address: string): { readonly host: string; readonly port: string } {
  const parts = /^(.*):(\d+)$/.exec(address);
  return { host: parts?.[1] ?? address, port: parts?.[2] ?? "" };
}

function title(backend: NamedBackend): string {
  const address = backend.addresses[0] ?? "";
  return backend.id === address ? address : `${backend.id} (${address})`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}
