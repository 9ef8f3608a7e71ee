import type { ClientRequest } from "../../../contract/http-message.ts";
import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { PolicyConfig } from "../config/caddy-config.ts";
import type { UpstreamPool } from "../upstream-pool.ts";

/** What a policy may look at. */
export interface Selecting {
  readonly what: ClientRequest | null;
  /** Address of the TCP peer. */
  readonly remote: string;
}

/** A selection policy of one handler (reverseproxy/selectionpolicies.go, Caddy 2.6.2; spec/caddy.md 3). */
export interface SelectionPolicy {
  /** What it compares, for explanations: [] = nothing. */
  readonly scores: readonly string[];
  /** Index of the upstream, -1 = none is available. */
  select(pool: UpstreamPool, request: Selecting, random: RandomSource): number;
  /** What it compared of an upstream, in the order of `scores`. */
  scoresOf(pool: UpstreamPool, upstream: number, request: Selecting): readonly number[];
  /** Line of a Set-Cookie that goes with the last selection, as an index of the upstream; -1 = none. */
  readonly setsCookieOf: number;
  /** How the last selection was made, in words. */
  readonly rule: string;
}

/** The kind of a policy: made anew for each handler. */
export interface PolicyKind {
  readonly name: string;
  readonly describe: string;
  make(config: PolicyConfig, pool: UpstreamPool): SelectionPolicy;
}

export const NO_SCORES: readonly string[] = [];
