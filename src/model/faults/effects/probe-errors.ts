import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Health checks over HTTP are answered with an error status; requests work. */
export const probeErrors: EffectKind<EffectOf<"probe-errors">> = {
  apply(conditions, effect) {
    conditions.probeStatus = effect.status;
  },
};
