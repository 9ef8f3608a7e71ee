import type {
  AccessConfig,
  AccessRule,
  EnvironmentRule,
  ErrorDocument,
  Guard,
  OldAccess,
  OldHost,
} from "./request-config.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A group of Require lines while it is being read. */
export interface AccessGroup {
  readonly logic: "any" | "all";
  readonly negated: boolean;
  readonly rules: AccessRule[];
}

/** Who is let in, while the lines are being read. */
export interface AccessDraft {
  /** The lines at the top: one of them is enough. */
  group: AccessGroup | null;
  merging: AccessConfig["merging"];
  old: (Mutable<Pick<OldAccess, "order">> & { readonly allow: OldHost[]; readonly deny: OldHost[] }) | null;
  /** A line asks for what lbsim does not know (users, names of hosts): nobody is turned away. */
  isLost: boolean;
}

/** What a server or section says about requests before a member is chosen. */
export interface PolicyDraft {
  readonly environment: EnvironmentRule[];
  /** SetEnv. */
  readonly fixed: Map<string, string>;
  readonly errorDocuments: Map<number, ErrorDocument>;
  readonly access: AccessDraft;
}

export function newPolicyDraft(): PolicyDraft {
  return {
    environment: [],
    fixed: new Map(),
    errorDocuments: new Map(),
    access: { group: null, merging: "off", old: null, isLost: false },
  };
}

/** The same, read to the end. */
export interface PolicyConfig {
  readonly environment: readonly EnvironmentRule[];
  readonly fixed: Readonly<Record<string, string>>;
  readonly errorDocuments: readonly (readonly [status: number, document: ErrorDocument])[];
  readonly access: readonly AccessConfig[];
}

/** Null: nothing is said. `guards` stand around the lines about access. */
export function policyConfig(draft: PolicyDraft, guards: readonly Guard[] = []): PolicyConfig | null {
  const access = accessConfig(draft.access, guards);
  if (draft.environment.length + draft.fixed.size + draft.errorDocuments.size === 0 && access === null) return null;
  return {
    environment: draft.environment,
    fixed: Object.fromEntries(draft.fixed),
    errorDocuments: [...draft.errorDocuments],
    access: access === null ? [] : [access],
  };
}

export function accessConfig(draft: AccessDraft, guards: readonly Guard[] = []): AccessConfig | null {
  const { group, merging, old, isLost } = draft;
  if (isLost || (group === null && old === null)) return null;
  const require = group === null ? null : ({ kind: "group", ...group } as const);
  return { require, merging, old, guards };
}

/** Several policies one after the other; what later ones say about an error or a fixed variable takes the place. */
export function joinedPolicies(policies: readonly (PolicyConfig | null)[]): PolicyConfig | null {
  const said = policies.flatMap((policy) => policy ?? []);
  if (said.length === 0) return null;
  return {
    environment: said.flatMap(({ environment }) => environment),
    fixed: Object.assign({}, ...said.map(({ fixed }) => fixed)) as Record<string, string>,
    errorDocuments: said.flatMap(({ errorDocuments }) => errorDocuments),
    access: said.flatMap(({ access }) => access),
  };
}
