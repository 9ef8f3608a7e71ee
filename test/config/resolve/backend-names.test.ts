import { describe, expect, it } from "vitest";
import { findBackend, nameBackends, splitAddress } from "../../../src/config/resolve/backend-names.ts";
import { facts, member } from "./scenario-fixture.ts";

const HERE = { file: "s.yaml", line: 1, column: 1, length: 1 };

describe("the names of backends", () => {
  it("are aliases where they are unambiguous, else addresses", () => {
    const members = [
      member(1, { aliases: ["a"] }),
      member(2, { aliases: ["a", "b"] }),
      member(3, { aliases: [] }),
      member(4, { aliases: ["a"] }),
    ];
    expect(nameBackends(facts({ members }), {}).map((backend) => backend.id)).toEqual([
      "10.0.0.1:8080",
      "b",
      "10.0.0.3:8080",
      "10.0.0.4:8080",
    ]);
  });

  it("can be an address, an alias, a host or a URL; an address goes before an alias", () => {
    const named = nameBackends(facts({ members: [member(1, { aliases: ["10.0.0.2:8080"] }), member(2)] }), {});
    expect(
      ["10.0.0.1:8080", "10.0.0.1", "http://10.0.0.1:8080/app", "10.0.0.2:8080", "node2"].map((name) =>
        findBackend(name, named, HERE),
      ),
    ).toEqual([0, 0, 0, 1, 1]);
  });

  it("by host are ambiguous when two ports of it are backends", () => {
    const named = nameBackends(
      facts({ members: [member(1), member(1, { address: "10.0.0.1:8081", aliases: [] })] }),
      {},
    );
    expect(findBackend("10.0.0.1", named, HERE)).toMatchObject({ code: "ambiguous-backend", position: HERE });
    expect(findBackend("10.0.0.1:8081", named, HERE)).toBe(1);
  });
});

describe("an address", () => {
  it("is a host and a port, also for IPv6", () => {
    expect(splitAddress("app:8080")).toEqual({ host: "app", port: "8080" });
    expect(splitAddress("[::1]:8080")).toEqual({ host: "[::1]", port: "8080" });
    expect(splitAddress("app")).toEqual({ host: "app", port: "" });
  });
});
