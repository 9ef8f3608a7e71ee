import { describe, expect, it } from "vitest";
import { canResolve, ipv6Octets, parseAddress } from "../../../../src/proxies/nginx/config/parse-address.ts";

const server = { defaultPort: 80 };

describe("parseAddress", () => {
  it("splits host and port and adds the default port", () => {
    expect(parseAddress("10.0.0.1:81", server)).toMatchObject({
      host: "10.0.0.1",
      port: 81,
      noPort: false,
      family: "ipv4",
    });
    expect(parseAddress("app", server)).toMatchObject({ host: "app", port: 80, noPort: true, family: "name" });
    expect(parseAddress("[::1]:81", server)).toMatchObject({ host: "::1", port: 81, family: "ipv6" });
    expect(parseAddress("unix:/run/a", server)).toMatchObject({ host: "/run/a", family: "unix" });
  });

  it("takes a bare number for a port only in listen", () => {
    expect(parseAddress("8080", { defaultPort: 80, isListen: true })).toMatchObject({ host: "*", port: 8080 });
    expect(parseAddress("8080", server)).toMatchObject({ host: "8080", port: 80 });
  });

  it("finds names without an address only where they can't have one", () => {
    const resolves = (text: string) => {
      const address = parseAddress(text, server);
      return typeof address !== "string" && canResolve(address);
    };
    expect(["app", "app.example", "localhost", "10.0.0.1"].filter(resolves)).toHaveLength(4);
    expect(["192.168.1.301", "x.invalid", "a b"].filter(resolves)).toEqual([]);
  });

  it("reads the octets of IPv6 addresses", () => {
    expect(ipv6Octets("2001:db8::1")).toEqual([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(ipv6Octets("::ffff:1.2.3.4")?.slice(10)).toEqual([255, 255, 1, 2, 3, 4]);
    expect(ipv6Octets("1::2::3")).toBeNull();
  });
});
