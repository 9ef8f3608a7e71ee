import { expect } from "vitest";
import type { Distribution } from "../../../../src/engine/random/distributions/index.ts";
import { Draws } from "../../../../src/engine/random/draws.ts";
import type { UniformSource } from "../../../../src/engine/random/uniform-source.ts";

/** A source that deals these numbers, over and over, and counts them. */
export class FixedUniforms implements UniformSource {
  taken = 0;
  private readonly numbers: readonly number[];

  constructor(...numbers: number[]) {
    this.numbers = numbers;
  }

  next(): number {
    return this.numbers[this.taken++ % this.numbers.length] as number;
  }

  nextExponential(): number {
    return -Math.log(1 - this.next());
  }
}

export function samplesOf(distribution: Distribution, count: number): Float64Array {
  const draws = new Draws(1, 0, "samples");
  return Float64Array.from({ length: count }, (_, i) => distribution.sample(draws.at(i)));
}

/**
 * The empirical distribution function must stay near the true one: Kolmogorov's distance times sqrt(n) exceeds 1.95
 * once in a thousand; the draws are fixed, so what has passed keeps passing.
 */
export function expectCdf(distribution: Distribution, cdf: (x: number) => number): void {
  const samples = samplesOf(distribution, 20_000).sort();
  let distance = 0;
  samples.forEach((x, i) => {
    const p = cdf(x);
    distance = Math.max(distance, p - i / samples.length, (i + 1) / samples.length - p);
  });
  expect(distance * Math.sqrt(samples.length)).toBeLessThan(1.95);
}

/** Sample mean within 4 standard errors, which the distribution's own cv² gives; sample cv² within a share of it. */
export function expectMoments(distribution: Distribution, tolerance = 0.05): void {
  const count = 100_000;
  let sum = 0;
  let squares = 0;
  for (const x of samplesOf(distribution, count)) {
    sum += x;
    squares += (x - distribution.mean) ** 2;
  }
  const { mean, cv2 } = distribution;
  expect(Math.abs(sum / count - mean)).toBeLessThanOrEqual(4 * Math.abs(mean) * Math.sqrt(cv2 / count));
  expect(Math.abs(squares / count / mean ** 2 - cv2)).toBeLessThanOrEqual(tolerance * cv2);
}

/** How many uniform numbers one sample takes. */
export function drawsPerSample(distribution: Distribution): number {
  const source = new FixedUniforms(0.4, 0.7, 0.2);
  distribution.sample(source);
  return source.taken;
}

/** The sample that the uniform number u makes. */
export function at(distribution: Distribution, u: number): number {
  return distribution.sample(new FixedUniforms(u));
}

/** A distribution with an inverse grows with its uniform number. */
export function expectIncreasing(distribution: Distribution): void {
  const samples = Array.from({ length: 999 }, (_, i) => at(distribution, (i + 1) / 1000));
  expect(samples).toEqual([...samples].sort((one, other) => one - other));
}
