import { describe, expect, it } from "vitest";
import { readWords } from "../../../../src/proxies/apache/config/words.ts";

const texts = (text: string) => readWords(text).map((word) => word.text);

describe("readWords", () => {
  it("splits at blanks and keeps quoted blanks", () => {
    expect(texts(`a  "b c"\t'd e'`)).toEqual(["a", "b c", "d e"]);
  });

  it("takes a backslash away before a quote and before a backslash only", () => {
    expect(texts(String.raw`"a \"b\" \\ \n"`)).toEqual([String.raw`a "b" \ \n`]);
    expect(texts(String.raw`a\\b \"`)).toEqual([String.raw`a\b`, String.raw`\"`]);
  });

  it("ends a quoted word at its quote and begins the next without a blank", () => {
    expect(texts(`"5"6`)).toEqual(["5", "6"]);
  });

  it("knows no comments and no blanks but ASCII ones", () => {
    expect(texts("a # b\u3000c")).toEqual(["a", "#", "b\u3000c"]);
  });

  it("tells where a word stands, quotes included", () => {
    expect(readWords(`x "a b"`)[1]).toEqual({ text: "a b", from: 2, to: 7 });
  });
});
