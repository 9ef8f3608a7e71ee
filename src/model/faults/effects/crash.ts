import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** The process dies: queue and running work are lost, connections are reset, new ones refused, memory is gone. */
export const crash: EffectKind<EffectOf<"crash">> = {
  apply(conditions) {
    conditions.isDown = true;
  },
};
