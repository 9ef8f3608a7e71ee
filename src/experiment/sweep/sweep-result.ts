import type { MetricInfo } from "../result.ts";

export const SWEEP_FORMAT = "lbsim-sweep";
export const SWEEP_VERSION = 1;

/** What a sweep found: a table of estimates, of which every file and chart is a view. Plain JSON. */
export interface SweepResult {
  readonly format: typeof SWEEP_FORMAT;
  readonly version: typeof SWEEP_VERSION;
  readonly lbsim: string;
  readonly scenario: {
    readonly name: string;
    readonly file: string;
    readonly hash: string;
    /** First comment lines of the file: its question. */
    readonly about: string;
  };
  readonly seed: number;
  readonly design: "full" | "lhs";
  readonly replications: number;
  /** Confidence level of every interval, 0.95. */
  readonly level: number;
  /** Hash over the fingerprints of all points in order. */
  readonly fingerprint: string;
  /** Stopped early: points that were not finished are left out. */
  readonly interrupted: boolean;
  readonly reproduce: string;
  readonly axes: readonly SweptAxis[];
  readonly metrics: readonly MetricInfo[];
  /** Names of the variants in order, and the one that the others are compared with. */
  readonly variants: readonly string[];
  readonly baseline: string;
  readonly points: readonly SweptPoint[];
}

export interface SweptAxis {
  readonly key: string;
  /** Behind each number: "/s"; "" when there is none or when the values are words. */
  readonly unit: string;
  readonly isLogarithmic: boolean;
}

export interface SweptPoint {
  /** One per axis, as written in a scenario. */
  readonly values: readonly string[];
  /** The same as numbers; null where the values of the axis are words. */
  readonly numbers: readonly (number | null)[];
  readonly variants: readonly {
    readonly name: string;
    readonly fingerprint: string;
    readonly metrics: Readonly<Record<string, SweptEstimate>>;
  }[];
}

/** Mean over replications with the half-width of its interval; null = no sample, or fewer than two. */
export interface SweptEstimate {
  readonly mean: number | null;
  readonly halfWidth: number | null;
}
