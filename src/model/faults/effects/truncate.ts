import { eitherRate } from "../conditions.ts";
import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** A share of the answers breaks off after half of its body. */
export const truncate: EffectKind<EffectOf<"truncate">> = {
  apply(conditions, effect) {
    conditions.truncateRate = eitherRate(conditions.truncateRate, effect.rate);
  },
};
