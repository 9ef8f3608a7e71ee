import type { UniformSource } from "../uniform-source.ts";

/**
 * A distribution of real numbers, in whatever unit its parameters have. Wherever the distribution function can be
 * inverted, a sample grows with the one uniform number that it is made from, so variants of a system that draw the
 * same number see samples of the same rank.
 */
export interface Distribution {
  readonly mean: number;
  /** Squared coefficient of variation, variance / mean²; Infinity where there is no variance or the mean is 0. */
  readonly cv2: number;
  /** Takes one uniform number, or as many as the maker of the distribution says, and makes a sample of them. */
  sample(draws: UniformSource): number;
}
