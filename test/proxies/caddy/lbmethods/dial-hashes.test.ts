import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DialHashes } from "../../../../src/proxies/caddy/lbmethods/dial-hashes.ts";
import { FNV1A_OFFSET, fnv1a } from "../../../../src/proxies/shared/fnv1a.ts";
import { utf8Bytes } from "../../../../src/proxies/shared/utf8-bytes.ts";

/** As Caddy's loop over the pool goes. */
function oneByOne(texts: readonly string[], key: string, isIn: (index: number) => boolean): number {
  let chosen = -1;
  let greatest = 0;
  for (const [i, text] of texts.entries()) {
    if (!isIn(i)) continue;
    const hash = fnv1a(FNV1A_OFFSET, utf8Bytes(key + text));
    if (hash <= greatest) continue;
    greatest = hash;
    chosen = i;
  }
  return chosen;
}

const dial = fc.oneof(
  fc.tuple(fc.nat(3), fc.nat(255)).map(([a, b]) => `10.0.${a}.${b}:8080`),
  fc.string({ maxLength: 6 }),
);

describe("hashes of many addresses behind one key", () => {
  it("choose as one hash for each does, the first of equals, and only who may be chosen", () => {
    fc.assert(
      fc.property(fc.array(dial, { maxLength: 30 }), fc.string(), fc.func(fc.boolean()), (texts, key, isIn) => {
        const state = fnv1a(FNV1A_OFFSET, utf8Bytes(key));
        expect(new DialHashes(texts).greatest(state, isIn)).toBe(oneByOne(texts, key, isIn));
      }),
    );
  });

  it("know nobody where nobody is", () => {
    expect(new DialHashes([]).greatest(FNV1A_OFFSET, () => true)).toBe(-1);
    expect(new DialHashes(["a:1", "a:2"]).greatest(FNV1A_OFFSET, () => false)).toBe(-1);
  });
});
