import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Everything between proxy and backend travels longer, each way. */
export const latency: EffectKind<EffectOf<"latency">> = {
  apply(conditions, effect) {
    conditions.extraLatencyUs += effect.addUs;
  },
};
