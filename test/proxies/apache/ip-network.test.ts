import { describe, expect, it } from "vitest";
import { isInNetwork, networkError, networkOf } from "../../../src/proxies/apache/ip-network.ts";

describe("networks", () => {
  it.each([
    ["10", "10/8"],
    ["10.1", "10.1/16"],
    ["10.1.2.", "10.1.2./24"],
    ["10.1.2.3", "10.1.2.3/32"],
    ["10.0.0.0/255.240.0.0", "10.0.0.0/12"],
    ["10.0.0.0/9", "10.0.0.0/9"],
    ["::1", "::1/128"],
  ])("%s is %s", (text, network) => {
    expect(networkOf(text)).toBe(network);
  });

  it.each([
    ["10.9.8.7", "10/8", true],
    ["11.0.0.0", "10/8", false],
    ["192.168.1.130", "192.168.1.128/25", true],
    ["192.168.1.127", "192.168.1.128/25", false],
    ["10.0.0.1", "0.0.0.0/0", true],
    ["fe80::1", "fe80::/10", true],
    ["2001:db8::1", "fe80::/10", false],
    ["10.0.0.1", "fe80::/10", false],
    ["::1", "10/8", false],
  ])("%s in %s: %s", (address, network, isIn) => {
    expect(isInNetwork(address, network)).toBe(isIn);
  });

  it("says what httpd says to wrong ones", () => {
    const wrong = [networkError("300.1.1.1", undefined), networkError("10.0.0.0", "33"), networkError("10.0.0.0", "")];
    expect(wrong).toEqual([
      "The specified IP address is invalid.",
      "The specified network mask is invalid.",
      "The specified network mask is invalid.",
    ]);
    expect(networkError("10", "255.0.0.0")).toBeNull();
  });
});
