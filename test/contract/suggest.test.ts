import { describe, expect, it } from "vitest";
import { editDistance, suggest } from "../../src/contract/suggest.ts";

describe("the distance of two words", () => {
  it("counts letters put in, left out, replaced and swapped with a neighbour", () => {
    expect(editDistance("rate", "rate")).toBe(0);
    expect(editDistance("rat", "rate")).toBe(1);
    expect(editDistance("ratee", "rate")).toBe(1);
    expect(editDistance("rbte", "rate")).toBe(1);
    expect(editDistance("thnik", "think")).toBe(1);
    expect(editDistance("", "think")).toBe(5);
    // Classic example: substitute k/s and e/i, add g.
    expect(editDistance("kitten", "sitting")).toBe(3);
    // Optimal string alignment: no part is edited twice, so CA to ABC costs 3, not 2.
    expect(editDistance("ca", "abc")).toBe(3);
  });
});

describe("a suggestion", () => {
  it("is the nearest known word", () => {
    expect(suggest("loadfactr", ["lbset", "loadfactor", "retry"])).toBe("loadfactor");
    expect(suggest("Rate", ["rate"])).toBe("rate");
  });

  it("is not made when nothing is near", () => {
    expect(suggest("banana", ["rate", "think"])).toBeNull();
    expect(suggest("x", [])).toBeNull();
    expect(suggest("a".repeat(101), ["a".repeat(100)])).toBeNull();
  });

  it("goes to the word listed first when two are equally near", () => {
    expect(suggest("node", ["node2", "node1"])).toBe("node2");
  });
});
