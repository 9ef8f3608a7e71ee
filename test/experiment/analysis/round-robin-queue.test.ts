import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ekm1 } from "../../../src/experiment/analysis/round-robin-queue.ts";

describe("ekm1", () => {
  it.each([
    [1, 0.5, 0.5, 2],
    [1, 0.8, 0.8, 5],
    [1, 0.9, 0.9, 10],
    [2, 0.5, 0.381966, 1.618034],
    [2, 0.8, 0.739853, 3.84398],
    [2, 0.9, 0.868218, 7.588284],
    [4, 0.5, 0.301931, 1.432523],
    [4, 0.8, 0.693945, 3.267384],
    [4, 0.9, 0.843335, 6.38305],
    [8, 0.5, 0.255052, 1.342375],
    [8, 0.8, 0.664399, 2.979729],
    [8, 0.9, 0.827011, 5.780713],
    [10, 0.5, 0.245079, 1.324642],
    [10, 0.8, 0.6578, 2.922269],
    [10, 0.9, 0.82333, 5.660276],
    [100, 0.5, 0.207519, 1.26186],
    [100, 0.8, 0.631765, 2.71566],
    [100, 0.9, 0.808679, 5.226811],
    [Number.POSITIVE_INFINITY, 0.5, 0.203188, 1.255001],
    [Number.POSITIVE_INFINITY, 0.8, 0.62863, 2.692731],
    [Number.POSITIVE_INFINITY, 0.9, 0.8069, 5.178659],
  ])("solves the rotation over %d servers at load %d", (servers, rho, sigma, W) => {
    const queue = ekm1(servers, rho);
    expect(queue.sigma).toBeCloseTo(sigma, 6);
    expect(queue.W).toBeCloseTo(W, 6);
    expect(queue.Wq).toBeCloseTo(queue.W - 1, 12);
  });

  it("has the golden ratio at two servers and half load", () => {
    // σ = (1/(2 − σ))² at kρ = 1: σ³ − 4σ² + 4σ − 1 = (σ − 1)(σ² − 3σ + 1), so σ = (3 − √5)/2.
    expect(ekm1(2, 0.5).sigma).toBeCloseTo((3 - Math.sqrt(5)) / 2, 14);
  });

  it("stays between the fixed rhythm and a single server, and below Kingman's bound", () => {
    const load = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), load, (servers, rho) => {
        const { W, Wq } = ekm1(servers, rho);
        expect(W).toBeGreaterThanOrEqual(ekm1(Number.POSITIVE_INFINITY, rho).W - 1e-9);
        expect(W).toBeLessThanOrEqual(1 / (1 - rho) + 1e-9);
        // Kingman 1962, with arrival cv² = 1/k: Wq <= (ca²/ρ² + cs²)/2 · ρ/(1 − ρ), here for mean service 1.
        expect(Wq).toBeLessThanOrEqual((((1 / servers / (rho * rho) + 1) / 2) * rho) / (1 - rho) + 1e-9);
      }),
    );
  });

  it("refuses fractions of servers and loads without a steady state", () => {
    expect(() => ekm1(0, 0.5)).toThrow(RangeError);
    expect(() => ekm1(2.5, 0.5)).toThrow(RangeError);
    expect(() => ekm1(2, 1)).toThrow(RangeError);
    expect(() => ekm1(2, 0)).toThrow(RangeError);
  });
});
