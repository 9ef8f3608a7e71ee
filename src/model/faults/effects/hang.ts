import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Connections are accepted and nothing is done on them. Work stands still and goes on afterwards. */
export const hang: EffectKind<EffectOf<"hang">> = {
  apply(conditions) {
    conditions.isHung = true;
  },
};
