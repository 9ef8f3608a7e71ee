import type { Draws } from "../../engine/random/draws.ts";
import { BackendWake } from "../backends/backend-wake.ts";
import type { Alarm } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import type { WorldListener } from "../world-listener.ts";
import type { FaultSpec } from "../world-spec.ts";
import type { Conditions } from "./conditions.ts";
import type { FaultSite } from "./effect-kind.ts";
import { kindOf } from "./effects/index.ts";
import { outageBeginUs, outageEndUs } from "./fault-timing.ts";

/** One fault on one backend. */
interface FaultUnit {
  readonly fault: number;
  readonly spec: FaultSpec;
  readonly backend: number;
  /** Outages so far. */
  n: number;
  isActive: boolean;
}

/**
 * Begins and ends the faults. A fault with several backends hits them independently when it is drawn, all at the same
 * instants when it is scheduled or flaps.
 */
export class FaultSchedule {
  private readonly units: FaultUnit[] = [];
  private readonly draws: Draws;
  private readonly site: FaultSite;
  private readonly listener: WorldListener;

  constructor(faults: readonly FaultSpec[], draws: Draws, site: FaultSite, listener: WorldListener) {
    this.draws = draws;
    this.site = site;
    this.listener = listener;
    faults.forEach((spec, fault) => {
      for (const backend of spec.backends) this.units.push({ fault, spec, backend, n: 0, isActive: false });
    });
  }

  start(alarm: Alarm): void {
    for (let index = 0; index < this.units.length; index++) this.expectBegin(alarm, index, 0);
  }

  /** A unit's alarm rang: the fault begins or ends. Answers the backend whose conditions have changed. */
  ring(alarm: Alarm, nowUs: number, index: number): number {
    const unit = this.units[index] as FaultUnit;
    const { spec, fault, backend } = unit;
    const kind = kindOf(spec.effect);
    unit.isActive = !unit.isActive;
    if (unit.isActive) {
      kind.begin?.(this.site, nowUs, backend, spec.effect);
      this.arm(alarm, outageEndUs(spec.timing, this.draws, fault, backend, unit.n, nowUs), index);
    } else {
      kind.end?.(this.site, nowUs, backend, spec.effect);
      unit.n++;
      this.expectBegin(alarm, index, nowUs);
    }
    this.listener.faultChanged(nowUs, fault, backend, unit.isActive);
    return backend;
  }

  /** Works out the conditions of a backend from the faults that are active on it. */
  assess(backend: number, conditions: Conditions): void {
    conditions.reset();
    for (const unit of this.units) {
      if (unit.isActive && unit.backend === backend) kindOf(unit.spec.effect).apply?.(conditions, unit.spec.effect);
    }
  }

  private expectBegin(alarm: Alarm, index: number, lastEndUs: number): void {
    const { spec, fault, backend, n } = this.units[index] as FaultUnit;
    this.arm(alarm, outageBeginUs(spec.timing, this.draws, fault, backend, n, lastEndUs), index);
  }

  private arm(alarm: Alarm, atUs: number, index: number): void {
    if (atUs !== Number.POSITIVE_INFINITY) alarm.wakeAt(atUs, wakeId(BackendWake.FAULT, index));
  }
}
