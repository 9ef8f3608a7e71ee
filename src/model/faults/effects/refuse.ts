import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** New connections are refused; those that stand go on. */
export const refuse: EffectKind<EffectOf<"refuse">> = {
  apply(conditions) {
    conditions.isRefusing = true;
  },
};
