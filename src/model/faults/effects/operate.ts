import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** An administrator's command at the beginning and, where there is one, another at the end. */
export const operate: EffectKind<EffectOf<"operate">> = {
  begin(site, nowUs, backend, effect) {
    site.operate(nowUs, backend, effect.start);
  },
  end(site, nowUs, backend, effect) {
    if (effect.end !== null) site.operate(nowUs, backend, effect.end);
  },
};
