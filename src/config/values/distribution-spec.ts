import type { QuantityKind } from "./quantity.ts";

/** A distribution as data: what a scenario says, with numbers in µs, bytes or plain counts. */
export type DistributionSpec =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "uniform"; readonly min: number; readonly max: number }
  | { readonly kind: "erlang"; readonly shape: number; readonly mean: number }
  /** cv = standard deviation ÷ mean, at least 1. */
  | { readonly kind: "hyperexponential"; readonly mean: number; readonly cv: number }
  | { readonly kind: "lognormal"; readonly mean: number; readonly cv: number }
  | { readonly kind: "lognormal-quantiles"; readonly p50: number; readonly p99: number }
  | { readonly kind: "weibull"; readonly shape: number; readonly scale: number }
  | { readonly kind: "weibull-mean"; readonly shape: number; readonly mean: number }
  | { readonly kind: "pareto"; readonly shape: number; readonly min: number }
  | { readonly kind: "bounded-pareto"; readonly shape: number; readonly min: number; readonly max: number }
  | { readonly kind: "empirical"; readonly values: readonly { readonly value: number; readonly weight: number }[] }
  | { readonly kind: "mixture"; readonly parts: readonly { readonly weight: number; readonly of: DistributionSpec }[] };

/** Whether every draw is 0: time would stand still where such a distribution separates events. */
export function isAlwaysZero(spec: DistributionSpec): boolean {
  return isNeverAbove(spec, 0);
}

/** Whether no draw can exceed a limit of at least 0. */
export function isNeverAbove(spec: DistributionSpec, limit: number): boolean {
  switch (spec.kind) {
    case "constant":
      return spec.value <= limit;
    case "uniform":
    case "bounded-pareto":
      return spec.max <= limit;
    case "empirical":
      return spec.values.every((entry) => entry.value <= limit || entry.weight === 0);
    case "mixture":
      return spec.parts.every((part) => part.weight === 0 || isNeverAbove(part.of, limit));
    case "lognormal-quantiles":
    case "weibull":
    case "pareto":
      return false;
    default:
      return spec.mean === 0;
  }
}

/** "exponential, mean 40ms": one line for `--print-config` and lists of assumptions. */
export function describeDistribution(spec: DistributionSpec, kind: QuantityKind): string {
  const write = (value: number) => kind.write(value);
  switch (spec.kind) {
    case "constant":
      return write(spec.value);
    case "exponential":
      return `exponential, mean ${write(spec.mean)}`;
    case "uniform":
      return `uniform, ${write(spec.min)} to ${write(spec.max)}`;
    case "erlang":
      return `erlang, shape ${spec.shape}, mean ${write(spec.mean)}`;
    case "hyperexponential":
    case "lognormal":
      return `${spec.kind}, mean ${write(spec.mean)}, cv ${spec.cv}`;
    case "lognormal-quantiles":
      return `lognormal, p50 ${write(spec.p50)}, p99 ${write(spec.p99)}`;
    case "weibull":
      return `weibull, shape ${spec.shape}, scale ${write(spec.scale)}`;
    case "weibull-mean":
      return `weibull, shape ${spec.shape}, mean ${write(spec.mean)}`;
    case "pareto":
      return `pareto, shape ${spec.shape}, min ${write(spec.min)}`;
    case "bounded-pareto":
      return `bounded pareto, shape ${spec.shape}, ${write(spec.min)} to ${write(spec.max)}`;
    case "empirical":
      return `one of ${spec.values.length} given values`;
    case "mixture":
      return `mixture of ${spec.parts.map((part) => describeDistribution(part.of, kind)).join(" | ")}`;
  }
}
