import { eitherRate } from "../conditions.ts";
import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** A share of the requests is taken and its connection closed at once, without an answer. */
export const close: EffectKind<EffectOf<"close">> = {
  apply(conditions, effect) {
    conditions.closeRate = eitherRate(conditions.closeRate, effect.rate);
  },
};
