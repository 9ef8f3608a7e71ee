import { eitherRate } from "../conditions.ts";
import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** A share of the answers has status 200 and hides an error. */
export const hiddenErrors: EffectKind<EffectOf<"hidden-errors">> = {
  apply(conditions, effect) {
    conditions.hiddenErrorRate = eitherRate(conditions.hiddenErrorRate, effect.rate);
  },
};
