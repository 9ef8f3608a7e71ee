import { eitherRate } from "../conditions.ts";
import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** A share of the requests is answered with an error status, after the usual service. */
export const errors: EffectKind<EffectOf<"errors">> = {
  apply(conditions, effect) {
    conditions.errorRate = eitherRate(conditions.errorRate, effect.rate);
    conditions.errorStatus = effect.status;
  },
};
