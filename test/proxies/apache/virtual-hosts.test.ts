import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { VirtualHosts } from "../../../src/proxies/apache/virtual-hosts.ts";
import { config, server } from "./build-config.ts";

describe("virtual hosts", () => {
  const hosts = new VirtualHosts(
    config({
      listens: ["10.0.0.1:80", "8080", "10.0.0.2:80"],
      servers: [
        server(),
        server({ names: ["first.test"], addresses: ["*:80"] }),
        server({ names: ["second.test", "*.second.test"], addresses: ["*:80"] }),
        server({ names: ["own.test"], addresses: ["10.0.0.2:80"] }),
      ],
    }),
  );
  const chosen = (host: string, listener = 0) => hosts.serverFor(new Text(host), listener);

  it("are chosen by name without port and case, aliases with wildcards too, and the first is the default", () => {
    expect(chosen("second.test")).toBe(2);
    expect(chosen("SECOND.test:80")).toBe(2);
    expect(chosen("a.second.test")).toBe(2);
    expect(chosen("elsewhere.test")).toBe(1);
  });

  it("of a named address come before wildcards, whatever the name", () => {
    expect(chosen("first.test", 2)).toBe(3);
  });

  it("don't answer where none listens: the main server does", () => {
    expect(chosen("first.test", 1)).toBe(0);
  });
});
