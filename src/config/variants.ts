import type { Problem } from "../contract/problem.ts";
import { suggest } from "../contract/suggest.ts";
import { joinPath } from "./document/join-path.ts";
import { positionAt, type ScenarioNode } from "./document/scenario-node.ts";
import { problem } from "./problem.ts";
import type { SettingEntry, VariantsEntry } from "./schema/variants.ts";
import type { Setting } from "./setting.ts";

/** One thing that is compared: the read configuration, or another file, with settings. */
export interface Variant {
  /** Unique: "bybusyness · nofailover=On". */
  readonly name: string;
  /** In the order in which they are applied. */
  readonly settings: readonly Setting[];
  /** Another configuration, path worked out from the scenario's file. */
  readonly proxyFile?: string;
}

/** Name of the only variant of a scenario without `variants`. */
const AS_WRITTEN = "as written";

/** The key of a matrix whose values are other configuration files. */
const PROXY_AXIS = "proxy";

/** What became of `variants` and `baseline`. */
export interface ExpandedVariants {
  readonly variants: readonly Variant[];
  readonly baseline: string;
  readonly problems: readonly Problem[];
}

/**
 * All variants in their fixed order: a list as written, a matrix with its last key varying fastest. The baseline is the
 * one that `baseline` names, else the first.
 */
export function expandVariants(
  entry: VariantsEntry | undefined,
  baseline: string | undefined,
  document: ScenarioNode,
): ExpandedVariants {
  const variants = entry === undefined ? [{ name: AS_WRITTEN, settings: [] }] : variantsOf(entry, document);
  const names = variants.map((variant) => variant.name);
  const problems: Problem[] = [];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    problems.push(
      problem("duplicate-name", `two variants are called "${twice}"`, null, positionAt(document, ["variants"], "key")),
    );
  }
  if (baseline !== undefined && !names.includes(baseline)) {
    const near = suggest(baseline, names);
    const hint = near === null ? `variants: ${names.join(", ")}` : `did you mean "${near}"?`;
    problems.push(
      problem(
        "unknown-variant",
        `there is no variant "${baseline}"`,
        hint,
        positionAt(document, ["baseline"], "value"),
      ),
    );
  }
  return { variants, baseline: baseline ?? names[0] ?? AS_WRITTEN, problems };
}

function variantsOf(entry: VariantsEntry, document: ScenarioNode): readonly Variant[] {
  const settingOf = ({ key, value, path }: SettingEntry): Setting => {
    return { key, value, position: positionAt(document, ["variants", ...path], "value") };
  };
  if (entry.kind === "list") {
    return entry.entries.map(({ name, settings, proxyFile, path }) => {
      const said = positionAt(document, ["variants", ...path, "proxy"], "value").file;
      return {
        name,
        settings: settings.map(settingOf),
        ...(proxyFile === null ? {} : { proxyFile: joinPath(said, proxyFile) }),
      };
    });
  }
  const lastWords = entry.axes.map((axis) => lastWord(axis.key));
  const combinations = entry.axes.reduce<readonly (readonly SettingEntry[])[]>(
    (all, axis) => all.flatMap((chosen) => axis.values.map((value) => [...chosen, value])),
    [[]],
  );
  return combinations.map((chosen) => {
    const settings = chosen.filter((setting) => setting.key !== PROXY_AXIS).map(settingOf);
    const file = chosen.find((setting) => setting.key === PROXY_AXIS);
    const name = chosen.map((setting) => partOfName(setting, lastWords)).join(" · ");
    if (file === undefined) return { name, settings };
    const said = positionAt(document, ["variants", ...file.path], "value").file;
    return { name, settings, proxyFile: joinPath(said, file.value) };
  });
}

/** The value alone where it speaks for itself (methods, files), else "key=value" with the shortest unambiguous key. */
function partOfName(setting: SettingEntry, lastWords: readonly string[]): string {
  const word = lastWord(setting.key);
  const isUnique = lastWords.filter((each) => each === word).length === 1;
  if (isUnique && ["lbmethod", "method", "balance", PROXY_AXIS].includes(word)) return setting.value;
  return `${isUnique ? word : setting.key}=${setting.value}`;
}

/** "balancer(a.b).lbmethod" gives "lbmethod". */
function lastWord(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1).replace(/^.*\)/, "");
}
