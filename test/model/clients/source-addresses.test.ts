import { describe, expect, it } from "vitest";
import { SourceAddresses } from "../../../src/model/clients/source-addresses.ts";

describe("SourceAddresses", () => {
  it("repeat after as many as there are", () => {
    const addresses = new SourceAddresses(300);
    expect([addresses.of(0), addresses.of(299), addresses.of(300)]).toEqual([
      "100.64.0.1",
      "100.64.1.44",
      "100.64.0.1",
    ]);
  });
  it("are all different and stay in 100.64.0.0/10", () => {
    const addresses = new SourceAddresses(10_000_000);
    const some = new Set(Array.from({ length: 5000 }, (_, k) => addresses.of(k * 838)));
    expect(some.size).toBe(5000);
    expect(addresses.of(4_194_302)).toBe("100.127.255.255");
  });
});
