/** What was asked for, as far as it decides the numbers. */
export interface ReproducibleRun {
  readonly command: "run" | "compare" | "sweep" | "plan";
  readonly file: string;
  readonly seed: number;
  readonly replications: number;
  /** The only replication, or null for the first ones. */
  readonly replication: number | null;
  readonly variant: readonly string[];
  readonly set: readonly string[];
  readonly expect?: readonly string[];
  /** Stored result to compare with: seed and replications are its. */
  readonly baseline?: string | null;
  readonly tolerance?: number | null;
}

/** The command that makes the same numbers again, ready to be pasted into a shell. */
export function reproduceLine({ command, file, seed, replications, replication, ...rest }: ReproducibleRun): string {
  return [
    "lbsim",
    command,
    quoted(file),
    ...(typeof rest.baseline === "string"
      ? [`--baseline ${quoted(rest.baseline)}`]
      : [`--seed ${seed}`, replication === null ? `--replications ${replications}` : `--replication ${replication}`]),
    ...(typeof rest.tolerance === "number" ? [`--tolerance ${rest.tolerance}`] : []),
    ...rest.variant.map((name) => `--variant ${quoted(name)}`),
    ...rest.set.map((set) => `--set ${quoted(set)}`),
    ...(rest.expect ?? []).map((text) => `--expect ${quoted(text)}`),
  ].join(" ");
}

/** A word as a shell takes it. */
export function quoted(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
