import type { Distribution } from "../../engine/random/distributions/distribution.ts";
import {
  boundedPareto,
  constant,
  empirical,
  erlang,
  exponential,
  hyperexponential,
  lognormal,
  lognormalFromQuantiles,
  mixture,
  pareto,
  uniform,
  weibull,
} from "../../engine/random/distributions/index.ts";
import { gamma } from "../../engine/random/exact-math.ts";
import type { DistributionSpec } from "./distribution-spec.ts";

/** The engine's distribution for what a scenario says; the unit (µs, bytes, counts) stays that of the spec. */
export function buildDistribution(spec: DistributionSpec): Distribution {
  switch (spec.kind) {
    case "constant":
      return constant(spec.value);
    case "exponential":
      return spec.mean === 0 ? constant(0) : exponential(spec.mean);
    case "uniform":
      return spec.min === spec.max ? constant(spec.min) : uniform(spec.min, spec.max);
    case "erlang":
      return spec.mean === 0 ? constant(0) : erlang(spec.shape, spec.mean);
    case "hyperexponential":
      return spec.mean === 0 ? constant(0) : hyperexponential(spec.mean, spec.cv * spec.cv);
    case "lognormal":
      return lognormal(spec.mean, spec.cv);
    case "lognormal-quantiles":
      return lognormalFromQuantiles(spec.p50, spec.p99);
    case "weibull":
      return weibull(spec.shape, spec.scale);
    case "weibull-mean":
      // Mean of a Weibull distribution = scale × Γ(1 + 1/shape).
      return weibull(spec.shape, spec.mean / gamma(1 + 1 / spec.shape));
    case "pareto":
      return pareto(spec.shape, spec.min);
    case "bounded-pareto":
      return boundedPareto(spec.shape, spec.min, spec.max);
    case "empirical":
      return empirical(spec.values);
    case "mixture":
      return mixture(spec.parts.map((part) => ({ weight: part.weight, of: buildDistribution(part.of) })));
  }
}
