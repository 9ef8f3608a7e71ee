import { describe, expect, it } from "vitest";
import { played } from "../scripted-case.ts";
import { FAMILY } from "./scripted.ts";

/** The server that answers each host, of servers "name: server_name". */
function serversOf(
  names: readonly string[],
  hosts: readonly string[],
  more: readonly string[] = [],
): readonly string[] {
  const servers = names.map(
    (name, i) =>
      `server { listen {{listen}} ${more[i] ?? ""}; ${name === "" ? "" : `server_name ${name};`} return 200 s${i}; }`,
  );
  const { requests } = played(
    FAMILY,
    servers.join(" "),
    ["ok"],
    hosts.map((host) => ({ host })),
    { record_body: true },
  );
  return requests.map(({ body }) => body ?? "");
}

describe("the server of a request", () => {
  it("is that of the exact name, the longest *.x, the longest x.*, the first expression, else the default one", () => {
    const names = [
      "",
      "*.example.org",
      "*.a.example.org",
      "www.example.*",
      "~^api\\d+\\.",
      "www.example.org",
      ".wild.test",
    ];
    const of = (host: string) => serversOf(names, [host])[0];
    expect(of("www.example.org")).toBe("s5");
    expect(of("x.example.org")).toBe("s1");
    expect(of("x.a.example.org")).toBe("s2");
    expect(of("www.example.net")).toBe("s3");
    expect(of("api7.test")).toBe("s4");
    expect([of("wild.test"), of("a.b.wild.test")]).toEqual(["s6", "s6"]);
    expect([of("example.org"), of("nobody.test")]).toEqual(["s0", "s0"]);
  });

  it("is found without regard to case, port and closing dot", () => {
    expect(serversOf(["", "shop.test"], ["SHOP.test", "shop.test:8080", "shop.test."])).toEqual(["s1", "s1", "s1"]);
  });

  it("is by default the first in the file, or the one that is marked", () => {
    expect(serversOf(["a.test", "b.test"], ["c.test"])).toEqual(["s0"]);
    expect(serversOf(["a.test", "b.test"], ["c.test"], ["", "default_server"])).toEqual(["s1"]);
  });
});
