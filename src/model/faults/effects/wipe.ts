import type { EffectKind, EffectOf } from "../effect-kind.ts";

/** Session memory is lost at the beginning of the fault; the process goes on, so its duration does not matter. */
export const wipe: EffectKind<EffectOf<"wipe">> = {
  begin(site, nowUs, backend) {
    site.wipe(nowUs, backend);
  },
};
