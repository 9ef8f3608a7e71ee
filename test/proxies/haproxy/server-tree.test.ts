import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Server } from "../../../src/proxies/haproxy/server.ts";
import { ServerTree } from "../../../src/proxies/haproxy/server-tree.ts";
import { buildBackend } from "./build-backend.ts";

const COUNT = 8;
const LINES = Array.from({ length: COUNT }, (_, i) => `server s${i} 10.0.0.${i + 1}:80`);

describe("ServerTree", () => {
  it("stands for a list sorted by key, equal keys in the order of insertion, whatever is done to it", () => {
    const step = fc.record({ server: fc.nat(COUNT - 1), key: fc.nat(3), finds: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { servers } = buildBackend(LINES);
        for (const each of servers) each.tree?.remove(each);
        const tree = new ServerTree();
        let list: { readonly server: Server; readonly key: number }[] = [];
        for (const { server: i, key, finds } of steps) {
          const server = servers[i] as Server;
          if (finds) {
            const wanted = (each: Server) => each.member >= i;
            const expected = list.find((each) => wanted(each.server))?.server ?? null;
            expect(tree.find(wanted)?.member).toBe(expected?.member);
          } else if (server.tree === tree) {
            tree.remove(server);
            list = list.filter((each) => each.server !== server);
          } else {
            tree.insert(server, key);
            const at = list.findIndex((each) => each.key > key);
            list.splice(at < 0 ? list.length : at, 0, { server, key });
          }
          expect(tree.size).toBe(list.length);
          expect(tree.first()?.member).toBe(list[0]?.server.member);
        }
      }),
    );
  });
});
