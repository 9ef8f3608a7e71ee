import type { FaultEffect } from "../../world-spec.ts";
import type { EffectKind, EffectOf } from "../effect-kind.ts";
import { blackhole } from "./blackhole.ts";
import { close } from "./close.ts";
import { crash } from "./crash.ts";
import { errors } from "./errors.ts";
import { hang } from "./hang.ts";
import { hiddenErrors } from "./hidden-errors.ts";
import { latency } from "./latency.ts";
import { operate } from "./operate.ts";
import { probeErrors } from "./probe-errors.ts";
import { refuse } from "./refuse.ts";
import { slow } from "./slow.ts";
import { truncate } from "./truncate.ts";
import { wipe } from "./wipe.ts";

type EffectKinds = { readonly [K in FaultEffect["kind"]]: EffectKind<EffectOf<K>> };

const EFFECTS: EffectKinds = {
  crash,
  blackhole,
  hang,
  slow,
  errors,
  close,
  truncate,
  "hidden-errors": hiddenErrors,
  refuse,
  latency,
  "probe-errors": probeErrors,
  wipe,
  operate,
};

/** The kind of an effect. */
export function kindOf(effect: FaultEffect): EffectKind<FaultEffect> {
  return EFFECTS[effect.kind] as EffectKind<FaultEffect>;
}
