import type { Distribution } from "../../engine/random/distributions/distribution.ts";
import type { Draws } from "../../engine/random/draws.ts";
import { timeOf } from "../sampled.ts";
import type { BackendSpec, RequestClassSpec } from "../world-spec.ts";

/**
 * Work that requests bring to one backend, in µs at speed 1. It belongs to (client, session, request): the same on every
 * try and in every variant, and where backends have other distributions it has the same rank in each.
 */
export class ServiceDemand {
  private readonly distributions: readonly Distribution[];
  /** Demand by class, or -1 when it is drawn. */
  private readonly constantUs: Float64Array;
  private readonly cold: BackendSpec["coldStart"];
  private readonly draws: Draws;

  constructor(backend: BackendSpec, classes: readonly RequestClassSpec[], draws: Draws) {
    this.distributions = classes.map((each) => each.service ?? backend.service);
    this.constantUs = Float64Array.from(this.distributions, (each) => (each.cv2 === 0 ? timeOf(each.mean) : -1));
    this.cold = backend.coldStart;
    this.draws = draws;
  }

  of(classIndex: number, client: number, session: number, ordinal: number): number {
    const constantUs = this.constantUs[classIndex] as number;
    if (constantUs >= 0) return constantUs;
    const distribution = this.distributions[classIndex] as Distribution;
    return timeOf(distribution.sample(this.draws.at(client, session, ordinal)));
  }

  /** Demand on a process that started `ageUs` ago: multiplied by a factor that falls linearly to 1. */
  whenCold(demandUs: number, ageUs: number): number {
    const { factor, forUs } = this.cold;
    if (ageUs >= forUs) return demandUs;
    return Math.round(demandUs * (factor - ((factor - 1) * ageUs) / forUs));
  }
}
