import { describe, expect, it } from "vitest";
import { FAMILIES } from "../../../src/proxies/families.ts";
import { SOURCES } from "./sources.ts";
import { convertText, NAMES, read } from "./tongues.ts";

const PAIRS = SOURCES.flatMap((source) =>
  NAMES.filter((name) => name !== source.family).map((to) => ({
    to,
    source,
    file: source.file,
  })),
);

/** Ratios of weights: several lines for one address, as Caddy needs them, add up. */
function sharesOf(members: readonly { readonly address: string; readonly weight: number }[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { address, weight } of members) sums.set(address, (sums.get(address) ?? 0) + weight);
  const smallest = Math.min(...sums.values());
  return Object.fromEntries([...sums].map(([address, weight]) => [address, weight / smallest]));
}

describe("a configuration in another family's words", () => {
  it.each(PAIRS)("$file as $to is accepted and keeps listen and path", ({ source, to }) => {
    const written = convertText(source.family, to, source.text);
    const { facts } = read(to, written.text);
    expect(facts.listens.map((text) => text.replace(/^\*?:/, ""))).toEqual([source.listen]);
    expect(facts.targets[0]?.path).toBe(source.path);
  });

  it.each(PAIRS)("$file as $to keeps every member and its share, or says why not", ({ source, to }) => {
    const written = convertText(source.family, to, source.text);
    const { intent } = read(to, written.text);
    // Upstreams of single members, as nginx needs them for sessions, hold the same members once more.
    const group = (name: string): boolean => !name.includes("__");
    const members = intent.groups
      .filter(({ name }) => group(name))
      .flatMap((each) => each.members.map(({ host, port, weight }) => ({ address: `${host}:${port}`, weight })));
    expect(members.map(({ address }) => address)).toEqual(Object.keys(source.members));
    const wanted = sharesOf(Object.entries(source.members).map(([address, weight]) => ({ address, weight })));
    if (written.remarks.some(({ code }) => code === "weights" && to === "caddy")) return;
    expect(sharesOf(members)).toEqual(wanted);
  });

  it.each(PAIRS)("$file as $to has a comment on the line of every remark", ({ source, to }) => {
    const { text, remarks } = convertText(source.family, to, source.text);
    const lines = text.split("\n");
    for (const { code, line } of remarks) expect(lines[line - 1]).toContain(`# lbsim ${code}: `);
    expect(lines.filter((line) => line.trimStart().startsWith("# lbsim ")).length).toBe(remarks.length);
  });

  it.each(PAIRS)("$file as $to is recognised by its look alone", ({ source, to }) => {
    const { text } = convertText(source.family, to, source.text);
    expect(FAMILIES.find((family) => family.recognises("converted", text))?.name).toBe(to);
  });

  it.each(PAIRS)("$file as $to can be read back into what it came from", ({ source, to }) => {
    const there = convertText(source.family, to, source.text).text;
    const back = convertText(to, source.family, there).text;
    const { facts } = read(source.family, back);
    const addresses = new Set(facts.members.map(({ address }) => address));
    expect([...addresses].sort()).toEqual(Object.keys(source.members).sort());
    expect(facts.targets[0]?.path).toBe(source.path);
  });
});
