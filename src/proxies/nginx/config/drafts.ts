import type { Position } from "../../../contract/problem.ts";
import type { ConfNode } from "./conf-node.ts";
import type { Condition, LocationMatch, ProxyPass, RewriteStep } from "./location-config.ts";
import type { LimitConnZone, LimitReqZone, ListenConfig } from "./nginx-config.ts";
import type { Scope } from "./scope.ts";
import type { VariableDefinition } from "./template.ts";
import type {
  HealthMatch,
  KeepaliveConfig,
  ServerLine,
  StickyConfig,
  UpstreamConfig,
  UpstreamMethod,
} from "./upstream-config.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A rewrite step while the blocks in it are still open. */
export type StepDraft =
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly location: LocationDraft;
      readonly position: Position;
    }
  | Exclude<RewriteStep, { kind: "if" }>;

/** A location, `if` block or server level while it is read. */
export interface LocationDraft {
  readonly match: LocationMatch;
  /** As written, for messages and for the URI that proxy_pass replaces. */
  readonly name: string;
  readonly scope: Scope;
  readonly node: ConfNode;
  readonly position: Position;
  proxyPass: ProxyPass | null;
  readonly steps: StepDraft[];
  readonly locations: LocationDraft[];
  /** Methods that `limit_except` names, and its block: that of all others. */
  limitExcept: { readonly methods: readonly string[]; readonly block: LocationDraft } | null;
}

/** Every block that can hold proxy_pass or `set`: servers, locations, `if` and limit_except. */
export function allDrafts(servers: readonly ServerDraft[]): readonly LocationDraft[] {
  return servers.flatMap(({ root }) => draftsIn(root));
}

function draftsIn(draft: LocationDraft): readonly LocationDraft[] {
  const inSteps = draft.steps.flatMap((step) => (step.kind === "if" ? draftsIn(step.location) : []));
  const except = draft.limitExcept === null ? [] : draftsIn(draft.limitExcept.block);
  return [draft, ...inSteps, ...except, ...draft.locations.flatMap(draftsIn)];
}

export interface ServerDraft {
  readonly root: LocationDraft;
  readonly listens: Writable<Omit<ListenConfig, "isDefault" | "backlog">>[];
  readonly scope: Scope;
  readonly position: Position;
}

/** An upstream block while it is read, or an implicit one. */
export interface UpstreamDraft {
  readonly name: string;
  readonly isBlock: boolean;
  /** Named without a port (always for blocks). */
  readonly noPort: boolean;
  readonly port: number;
  readonly node: ConfNode;
  readonly position: Position;
  method: UpstreamMethod | null;
  methodPosition: Position;
  /** A keepalive or sticky line wraps the method that came before it: true once something would be displaced. */
  hasBalancer: boolean;
  /** Parameters that the method written last refuses. */
  refusesBackup: boolean;
  readonly servers: ServerLine[];
  keepalive: KeepaliveConfig | null;
  /** Settings of keepalive_* lines, which may stand before or after `keepalive`. */
  readonly keepaliveSettings: { requests: number; timeoutUs: number; timeUs: number };
  sticky: StickyConfig | null;
  queue: UpstreamConfig["queue"];
  zone: UpstreamConfig["zone"];
}

/** Everything that has been read so far. */
export interface Draft {
  readonly upstreams: UpstreamDraft[];
  readonly servers: ServerDraft[];
  readonly variables: Record<string, VariableDefinition>;
  /** Variables made by set, named groups and the like. */
  readonly madeVariables: Set<string>;
  readonly usedVariables: { readonly name: string; readonly position: Position }[];
  readonly limitConnZones: LimitConnZone[];
  readonly limitReqZones: LimitReqZone[];
  readonly usedZones: { readonly name: string; readonly module: string; readonly position: Position }[];
  readonly healthMatches: HealthMatch[];
  /** Shared memory zones of every kind: name to size. */
  readonly zones: Map<string, number>;
  hasEvents: boolean;
  hasHttp: boolean;
  httpNode: ConfNode | null;
  /** Directives outside of all blocks, and those of `events`. */
  mainScope: Scope | null;
  eventsScope: Scope | null;
}

export function newUpstreamDraft(
  name: string,
  isBlock: boolean,
  noPort: boolean,
  port: number,
  node: ConfNode,
  position: Position,
): UpstreamDraft {
  return {
    name,
    isBlock,
    noPort,
    port,
    node,
    position,
    method: null,
    methodPosition: position,
    hasBalancer: false,
    refusesBackup: false,
    servers: [],
    keepalive: null,
    keepaliveSettings: { requests: 1000, timeoutUs: 60_000_000, timeUs: 3_600_000_000 },
    sticky: null,
    queue: null,
    zone: null,
  };
}

export function newDraft(): Draft {
  return {
    upstreams: [],
    servers: [],
    variables: {},
    madeVariables: new Set(),
    usedVariables: [],
    limitConnZones: [],
    limitReqZones: [],
    usedZones: [],
    healthMatches: [],
    zones: new Map(),
    hasEvents: false,
    hasHttp: false,
    httpNode: null,
    mainScope: null,
    eventsScope: null,
  };
}
