import type { FaultEffect } from "../world-spec.ts";
import type { Conditions } from "./conditions.ts";

export type EffectOf<K extends FaultEffect["kind"]> = Extract<FaultEffect, { kind: K }>;

/** What a fault can do to the world at once, beyond the conditions that last. */
export interface FaultSite {
  /** The process's session memory is lost. */
  wipe(nowUs: number, backend: number): void;
  /** An administrator's command to the proxy about this backend's member. */
  operate(nowUs: number, backend: number, command: string): void;
}

/** One kind of fault. */
export interface EffectKind<E extends FaultEffect> {
  /** Adds what lasts while the fault is active to the conditions of its backend. */
  apply?(conditions: Conditions, effect: E): void;
  begin?(site: FaultSite, nowUs: number, backend: number, effect: E): void;
  end?(site: FaultSite, nowUs: number, backend: number, effect: E): void;
}
