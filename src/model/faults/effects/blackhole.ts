import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Packets vanish in both directions. The process works on; what it would send is lost, and nobody hears of it. */
export const blackhole: EffectKind<EffectOf<"blackhole">> = {
  apply(conditions) {
    conditions.isHole = true;
  },
};
