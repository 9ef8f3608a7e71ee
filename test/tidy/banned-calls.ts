import { codeOnly, type SourceFile } from "./source-files.ts";

const EXACT_MATH = /^src\/engine\/random\//;
const HOSTS = /^src\/(cli|report\/page)\//;
/** Drawing does not decide anything, and its coordinates are rounded; sums there may use what the charts need. */
const CHARTS = /^src\/report\//;

interface Ban {
  readonly pattern: RegExp;
  readonly why: string;
  readonly except?: RegExp;
}

const BANS: readonly Ban[] = [
  { pattern: /\bMath\.random\b/, why: "chance comes from a named stream" },
  { pattern: /\bDate\b(?!\w)|\bperformance\b/, why: "there is no wall clock below the hosts" },
  { pattern: /\bset(Timeout|Interval|Immediate)\b/, why: "there is no wall clock below the hosts" },
  {
    pattern: /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|atan2?|asin|acos|cbrt|hypot|sinh|cosh|tanh)\b/,
    why: "these differ between engines; use exact-math",
    except: CHARTS,
  },
  { pattern: /[\w)\]] \*\* [\w(]/, why: "** differs between engines; use exact-math", except: CHARTS },
  { pattern: /\.(toLocale\w+|localeCompare)\(|\bIntl\b/, why: "locales differ between machines" },
  { pattern: /\.(sort|toSorted)\(\)/, why: "sort with a comparator" },
  { pattern: /\bconsole\b/, why: "output is given, not taken" },
  {
    pattern:
      /\bprocess\.(?:env|exit|argv|hrtime|stdout|stderr|stdin|nextTick|cwd|memoryUsage|version|platform|uptime|on|off)\b/,
    why: "the host is not known here",
  },
  { pattern: /\bcrypto\b/, why: "chance comes from a named stream" },
  { pattern: /\bas any\b|: any\b|@ts-ignore|@ts-expect-error/, why: "types are kept" },
];

/** Calls that make a run depend on the machine, in words. */
export function bannedCalls(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => !HOSTS.test(path))
    .flatMap(({ path, text }) =>
      codeOnly(text)
        .split("\n")
        .flatMap((line, i) =>
          BANS.filter(
            ({ pattern, except }) => pattern.test(line) && !except?.test(path) && !isExactMath(path, pattern),
          ).map(({ why }) => `${path}:${i + 1} ${why}: ${line.trim()}`),
        ),
    );
}

function isExactMath(path: string, pattern: RegExp): boolean {
  return EXACT_MATH.test(path) && pattern.source.includes("\\*\\*");
}
