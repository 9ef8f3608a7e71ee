import { describe, expect, it } from "vitest";
import { ConfScanner } from "../../../../src/proxies/nginx/config/conf-scanner.ts";

/** Words of the first directive, or the message about it. */
function first(text: string): readonly string[] | string {
  const token = new ConfScanner(text).next();
  if (token.kind === "error") return token.message;
  return "words" in token ? token.words.map(({ text: word }) => word) : token.kind;
}

describe("ConfScanner", () => {
  it("holds words together in quotes and takes escapes away", () => {
    expect(first(`a "b c" 'd "e' f\\ g;`)).toEqual(["a", "b c", 'd "e', "f\\ g"]);
    expect(first(`a "x\\"y\\\\z\\t";`)).toEqual(["a", 'x"y\\z\t']);
  });

  it("keeps the braces of a variable within the word, but not in quotes after a dollar alone", () => {
    expect(first(`set $a \${host}x;`)).toEqual(["set", "$a", `\${host}x`]);
    expect(first("map $a{")).toEqual(["map", "$a"]);
  });

  it("ends a word at a semicolon or brace, and takes # for a comment only where a word could begin", () => {
    expect(first("a b#c;")).toEqual(["a", "b#c"]);
    expect(first("# x;\na # y;\n b;")).toEqual(["a", "b"]);
  });

  it("says where words stand", () => {
    const token = new ConfScanner("\n  server 'a b';").next();
    expect(token).toMatchObject({
      words: [
        { line: 2, column: 3, start: 3, end: 9 },
        { line: 2, column: 10, start: 10 },
      ],
    });
  });

  it("complains in nginx's words", () => {
    expect(first("a }")).toBe('unexpected "}"');
    expect(first('a "b"c;')).toBe('unexpected "c"');
    expect(first("a 'b;")).toBe('unexpected end of file, expecting ";" or "}"');
    expect(first(`a ${"x".repeat(5000)};`)).toBe('too long parameter "xxxxxxxxxx..." started');
  });
});
