import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Service takes `factor` times as long; work that has begun goes on at the new speed. */
export const slow: EffectKind<EffectOf<"slow">> = {
  apply(conditions, effect) {
    conditions.slowFactor *= effect.factor;
  },
};
