import type { BalancingIntent, WrittenConfiguration } from "./balancing-intent.ts";
import type { ConfigEditor } from "./config-editor.ts";
import type { DiagnosticInfo, PassedOver, Position, Problem } from "./problem.ts";
import type { ProxyFacts } from "./proxy-facts.ts";
import type { MachineContext, ProxyMachine } from "./proxy-machine.ts";

/** How a reader gets at other texts. All access to the outside goes through it. */
export interface ReadHost {
  /** Text of a file named in the configuration, or null when it is not there. Wildcards: `list`. */
  load(path: string): string | null;
  /** Paths that match a shell pattern, sorted by code units. */
  list(pattern: string): readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface ReadOptions {
  /**
   * Which modules count as loaded: `all` = all that the family knows and those written (default), `as-written` = only
   * those that the file loads, `debian` = Debian's default set and those written; `omit`/`only`/`add` narrow it further.
   */
  readonly modules?:
    | "all"
    | "as-written"
    | "debian"
    | { readonly omit?: readonly string[]; readonly only?: readonly string[]; readonly add?: readonly string[] };
  /** What to think of files that this machine lacks (certificates, includes of another machine). Default "assume"; "report-includes" = assume all but includes. */
  readonly missingFiles?: "assume" | "report" | "report-includes";
  /** Names defined as with `-D`. */
  readonly defines?: readonly string[];
}

/** The real program would refuse the configuration. */
export interface Refusal {
  /** The program's own words, complete, with the user's file and line where it names them. */
  readonly text: string;
  /** `syntax`: its syntax test fails; `start`: the test passes, the start fails. */
  readonly at: "syntax" | "start";
  readonly position: Position | null;
  /** What to do about it. */
  readonly hint: string | null;
}

/** What reading a configuration gave. */
export interface Reading<Config> {
  /** The configuration to simulate; null when the real program would refuse to start with it. */
  readonly config: Config | null;
  readonly refusal: Refusal | null;
  /** Warnings that the real program itself prints, in its own words. */
  readonly programWarnings: readonly { readonly text: string; readonly position: Position | null }[];
  /** lbsim's own diagnostics: loads, but does not do what its author thinks. */
  readonly problems: readonly Problem[];
  readonly passedOver: readonly PassedOver[];
}

/** How the proxy of a recorded case was started (golden/FORMAT.md). */
export interface RecordedFacts {
  readonly modules: {
    readonly omit: readonly string[];
    readonly add: readonly string[];
    readonly only: readonly string[] | null;
  };
  readonly serverLimit: number;
  /** Addresses at which the recorder had the program listen, in the order of the drive's listeners. */
  readonly listens: readonly string[];
}

/** A family of proxies: how to read its configuration and how to run it. */
export interface ProxyFamily<Config = unknown> {
  readonly name: string;
  /** Version of the real program whose behaviour is followed. */
  readonly version: string;
  /** Raised whenever the same input may give other results. */
  readonly behaviourRevision: number;
  readonly lbmethods: readonly { readonly name: string; readonly describe: string }[];
  readonly diagnostics: readonly DiagnosticInfo[];
  /** Says by name and first lines whether a text looks like a configuration of this family. */
  recognises(fileName: string, text: string): boolean;
  read(fileName: string, text: string, host: ReadHost, options: ReadOptions): Reading<Config>;
  /** Reads the configuration of a recorded case: what the recording wrapped round it counts as configured. */
  readRecorded(fileName: string, text: string, host: ReadHost, facts: RecordedFacts): Reading<Config>;
  /** What the configuration tells the scenario. */
  facts(config: Config): ProxyFacts;
  /** Changes the text that the configuration was read from. */
  editor(config: Config): ConfigEditor;
  /** "key=value" that takes a configured member out of service, for `members=N`; absent = no setting does. */
  readonly memberOff?: string;
  /** What the configuration wants, in no family's words (`lbsim convert`). */
  intent?(config: Config): BalancingIntent;
  /** The nearest configuration of this family, as text that its own reader takes. */
  write?(intent: BalancingIntent): WrittenConfiguration;
  /**
   * False: recordings of the family know a refused try only when it was the last of its request (golden/FORMAT.md, "What
   * is compared"); a replay is projected to that. Absent = they know all.
   */
  readonly recordsRefusedTries?: boolean;
  /**
   * The configuration with another number of worker processes, each with the state that one has in life; absent = the
   * program is one process.
   */
  withProcesses?(config: Config, processes: number): Config;
  build(config: Config, context: MachineContext): ProxyMachine;
  /** The rows of the status page in the shape of a recorded trace (golden/FORMAT.md, `manager`). */
  managerRows(machine: ProxyMachine, nowUs: number): readonly Readonly<Record<string, unknown>>[];
}
