import { describe, expect, it } from "vitest";
import { CRC32_START, crc32, crc32Byte, crc32Finish, crc32Text } from "../../../src/proxies/shared/crc32.ts";

describe("CRC-32", () => {
  it("gives the check value of the algorithm", () => {
    // Catalogue of parametrised CRC algorithms, CRC-32/ISO-HDLC: check = cbf43926.
    expect(crc32("123456789")).toBe(0xcbf43926);
    expect(crc32("")).toBe(0);
  });

  it("can be fed piece by piece", () => {
    const fed = [..."6789"].reduce(
      (state, digit) => crc32Byte(state, digit.charCodeAt(0)),
      crc32Text(CRC32_START, "12345"),
    );
    expect(crc32Finish(fed)).toBe(0xcbf43926);
  });

  it("takes a text as UTF-8", () => {
    const bytes = [0x61, 0xc3, 0xa9, 0x62];
    expect(crc32("aéb")).toBe(crc32Finish(bytes.reduce(crc32Byte, CRC32_START)));
  });
});
