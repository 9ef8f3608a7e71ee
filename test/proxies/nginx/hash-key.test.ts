import { describe, expect, it } from "vitest";
import { keyCrc } from "../../../src/proxies/nginx/hash-key.ts";
import { CRC32_START, crc32Byte, crc32Finish } from "../../../src/proxies/shared/crc32.ts";
import { balanced } from "./scripted.ts";

const FOUR = "server {{node1}}; server {{node2}}; server {{node3}}; server {{node4}};";

describe("hash $binary_remote_addr", () => {
  it("hashes the four bytes of the address, not its text", () => {
    // (crc >> 16) & 0x7fff modulo 4 equal servers (spec/nginx.md 2.4).
    const addresses = ["127.0.0.1", "127.1.2.3", "127.9.8.7", "127.200.100.50", "127.0.0.99"];
    const slot = (address: string): number => {
      const crc = crc32Finish(address.split(".").map(Number).reduce(crc32Byte, CRC32_START));
      return ((crc >>> 16) & 0x7fff) % 4;
    };
    const requests = addresses.map((from) => ({ from, client: from }));
    const told = balanced(`hash $binary_remote_addr; ${FOUR}`, "", ["ok", "ok", "ok", "ok"], requests);
    expect(told).toEqual(addresses.map((address) => `${slot(address) + 1} 200`));
  });

  it("leaves other keys to their text, with the number of the rehash before it", () => {
    // CRC-32 of "123456789" is cbf43926 (the check value of the algorithm).
    expect(keyCrc("", "123456789")).toBe(0xcbf43926);
    expect(keyCrc("1", "23456789")).toBe(0xcbf43926);
  });
});
