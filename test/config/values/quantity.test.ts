import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  duration,
  durationOrNever,
  plainNumber,
  type QuantityKind,
  rate,
  ratio,
  size,
} from "../../../src/config/values/quantity.ts";

function readValue(kind: QuantityKind, value: unknown): number {
  const read = kind.read(value);
  if (!read.ok) throw new Error(read.findings[0]?.message);
  return read.value;
}

function complaint(kind: QuantityKind, value: unknown) {
  const read = kind.read(value);
  if (read.ok) throw new Error(`${String(value)} was read as ${read.value}`);
  const [finding] = read.findings;
  return { code: finding?.code, message: finding?.message, hint: finding?.hint };
}

describe("durations", () => {
  it("are whole microseconds", () => {
    const texts = ["250ms", "5s", "2m", "2min", "1h", "1d", "7us", "7µs", "1h30m", "1.5s", "0.1s", ".5s", "1 s", "0"];
    expect(texts.map((text) => readValue(duration, text))).toEqual([
      250_000, 5_000_000, 120_000_000, 120_000_000, 3_600_000_000, 86_400_000_000, 7, 7, 5_400_000_000, 1_500_000,
      100_000, 500_000, 1_000_000, 0,
    ]);
    expect(readValue(duration, 0)).toBe(0);
  });

  it("without a unit are refused with both ways to write them", () => {
    const expected = { code: "missing-unit", message: "a number without unit: write 5s or 5ms", hint: null };
    expect(complaint(duration, 5)).toEqual(expected);
    expect(complaint(duration, "5")).toEqual(expected);
  });

  it("with an unknown unit name the unit that was meant", () => {
    expect(complaint(duration, "5S")).toMatchObject({ code: "wrong-unit", hint: 'did you mean "s"?' });
    expect(complaint(duration, "5 sec").hint).toBe("units: d, h, m, min, s, ms, us");
    expect(complaint(duration, "5kB").code).toBe("wrong-unit");
  });

  it("can't be negative, shorter than a microsecond or longer than the clock reaches", () => {
    expect(complaint(duration, "-5s").code).toBe("out-of-range");
    expect(complaint(duration, "0.1us").code).toBe("out-of-range");
    // 2^53 µs are 104,249.99 days.
    expect(readValue(duration, "104249d")).toBe(104_249 * 86_400_000_000);
    expect(complaint(duration, "104250d").code).toBe("out-of-range");
  });

  it("refuse what is no duration at all", () => {
    for (const value of ["", "s", "5s3", "5s-3s", "soon", true, null, [5], {}, Number.NaN]) {
      expect(complaint(duration, value).code).toBe("wrong-type");
    }
  });

  it("can be never only where that is meant", () => {
    expect(readValue(durationOrNever, "never")).toBe(Number.POSITIVE_INFINITY);
    expect(durationOrNever.write(Number.POSITIVE_INFINITY)).toBe("never");
    expect(complaint(duration, "never").code).toBe("wrong-type");
  });

  it("are written in the largest unit that divides them", () => {
    expect([90_000_000, 5_400_000_000, 1_500_000, 7, 0].map((us) => duration.write(us))).toEqual([
      "90s",
      "90m",
      "1500ms",
      "7us",
      "0us",
    ]);
  });

  it("survive being written and read again", () => {
    fc.assert(fc.property(fc.maxSafeNat(), (us) => readValue(duration, duration.write(us)) === us));
  });
});

describe("rates", () => {
  it("count per second", () => {
    expect(
      ["40/s", "2400/min", "2400/m", "7200/h", "0.5/s", "2/ms", "0/s"].map((text) => readValue(rate, text)),
    ).toEqual([40, 40, 40, 2, 0.5, 2000, 0]);
  });

  it("refuse numbers without a time, negative ones and other units", () => {
    expect(complaint(rate, 40)).toEqual({
      code: "missing-unit",
      message: "a number without unit: write 40/s or 40/min",
      hint: null,
    });
    expect(complaint(rate, "-2/s")).toMatchObject({
      code: "out-of-range",
      message: `a rate can't be negative: "-2/s"`,
      hint: "leave out the minus sign",
    });
    expect(complaint(rate, "2/fortnight").code).toBe("wrong-unit");
    expect(complaint(rate, "1/2/s").code).toBe("wrong-type");
    expect(complaint(rate, "1e400/s").code).toBe("out-of-range");
  });

  it("survive being written and read again", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (perSec) => readValue(rate, rate.write(perSec)) === perSec,
      ),
    );
  });
});

describe("sizes", () => {
  it("tell binary from decimal units", () => {
    expect(["64KiB", "10kB", "1MB", "1MiB", "1.5GB", "12B", 0].map((text) => readValue(size, text))).toEqual([
      65_536, 10_000, 1_000_000, 1_048_576, 1_500_000_000, 12, 0,
    ]);
  });

  it("refuse numbers without a unit and units in the wrong case", () => {
    expect(complaint(size, 10).message).toBe("a number without unit: write 10B or 10KiB");
    expect(complaint(size, "10KB")).toMatchObject({ code: "wrong-unit", hint: 'did you mean "kB"?' });
    expect(complaint(size, "-1B").code).toBe("out-of-range");
  });

  it("survive being written and read again", () => {
    fc.assert(fc.property(fc.maxSafeNat(), (bytes) => readValue(size, size.write(bytes)) === bytes));
  });
});

describe("shares", () => {
  it("are percentages or numbers from 0 to 1", () => {
    expect(["15%", "0.5", 0.25, 1, 0, "100 %", "0.1%"].map((value) => readValue(ratio, value))).toEqual([
      0.15, 0.5, 0.25, 1, 0, 1, 0.001,
    ]);
  });

  it("beyond 1 suggest the percentage", () => {
    expect(complaint(ratio, 15)).toEqual({
      code: "out-of-range",
      message: 'a share is at most 100%: "15"',
      hint: "write 15% for 15 in a hundred",
    });
    expect(complaint(ratio, "-1%").code).toBe("out-of-range");
    expect(complaint(ratio, "101%").code).toBe("out-of-range");
  });

  it("survive being written and read again to nine decimals of a percent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (part) => {
        const share = part / 100_000;
        expect(readValue(ratio, ratio.write(share))).toBeCloseTo(share, 12);
      }),
    );
  });
});

describe("plain numbers", () => {
  it("are not negative", () => {
    expect(readValue(plainNumber, "3")).toBe(3);
    expect(readValue(plainNumber, 2.5)).toBe(2.5);
    expect(complaint(plainNumber, -1).code).toBe("out-of-range");
    expect(complaint(plainNumber, "3s").code).toBe("wrong-type");
  });
});
