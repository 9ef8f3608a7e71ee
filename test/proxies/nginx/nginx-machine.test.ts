import { describe, expect, it } from "vitest";
import { ConnectFailure } from "../../../src/contract/failure.ts";
import { Action } from "../../../src/contract/outbox.ts";
import { Text } from "../../../src/contract/text.ts";
import { NginxScene, OK } from "./nginx-scene.ts";

const TWO = "server 10.0.0.1:80; server 10.0.0.2:80;";

describe("an nginx with several workers", () => {
  /** Addresses of 40 requests one after another. */
  const addressesOf = (zone: string): readonly (string | null)[] => {
    const scene = new NginxScene(`${zone} ${TWO}`, "", "worker_processes 4;");
    return Array.from({ length: 40 }, () => {
      const { id, address } = scene.askServer();
      scene.answer(id);
      return address;
    });
  };

  it("goes round its servers in each worker by itself without a zone", () => {
    // One rotation would alternate strictly; four of them, drawn at random, do so over 40 requests with a chance of 2^-37 or so.
    const addresses = addressesOf("");
    expect(addresses.some((address, i) => i > 0 && address === addresses[i - 1])).toBe(true);
  });

  it("goes round them in all workers together with a zone", () => {
    const addresses = addressesOf("zone app 64k;");
    expect(addresses.every((address, i) => i === 0 || address !== addresses[i - 1])).toBe(true);
  });

  it("lets a dead server fail once in each worker without a zone", () => {
    const scene = new NginxScene(TWO, "", "worker_processes 4;");
    let refused = 0;
    for (let i = 0; i < 100; i++) {
      const id = scene.ask();
      let connect = scene.said().find(({ kind }) => kind === Action.CONNECT);
      if (scene.machine.addresses[connect?.c ?? -1] === "10.0.0.1:80") {
        refused++;
        scene.machine.attemptFailed(scene.nowUs, id, ConnectFailure.REFUSED);
        connect = scene.said().find(({ kind }) => kind === Action.CONNECT);
      }
      expect(scene.machine.addresses[connect?.c ?? -1]).toBe("10.0.0.2:80");
      scene.machine.attemptConnected(scene.nowUs, id);
      scene.answer(id);
    }
    expect(refused).toBe(4);
  });
});

describe("kept connections to an only server", () => {
  it("are not the server's last chance: one that has been closed meanwhile costs no try", () => {
    const scene = new NginxScene(
      "server 10.0.0.1:80; keepalive 4;",
      'proxy_http_version 1.1; proxy_set_header Connection "";',
    );
    const first = scene.askServer();
    scene.answer(first.id);
    const second = scene.ask();
    expect(scene.said().map(({ kind }) => kind)).toContain(Action.SEND);
    scene.breakStale(second);
    expect(scene.said().map(({ kind }) => kind)).toContain(Action.CONNECT);
  });
});

describe("sticky cookie", () => {
  it("names the server on every answer and leads back to it", () => {
    const scene = new NginxScene(`server 10.0.0.1:80 route=a; server 10.0.0.2:80 route=b; sticky cookie srv path=/;`);
    const first = scene.askServer();
    expect(first.address).toBe("10.0.0.1:80");
    expect(scene.answer(first.id)?.setCookies.map(({ text }) => text)).toEqual(["srv=a; path=/"]);
    for (let i = 0; i < 3; i++) {
      const next = scene.askServer("srv=b");
      expect(next.address).toBe("10.0.0.2:80");
      expect(scene.answer(next.id)?.setCookies.map(({ text }) => text)).toEqual(["srv=b; path=/"]);
    }
  });

  it("reaches a draining server, which nobody else does", () => {
    const scene = new NginxScene(
      "server 10.0.0.1:80 route=a drain; server 10.0.0.2:80 route=b; sticky cookie srv path=/;",
    );
    expect(scene.askServer("srv=a").address).toBe("10.0.0.1:80");
    expect([scene.askServer().address, scene.askServer().address]).toEqual(["10.0.0.2:80", "10.0.0.2:80"]);
  });
});

describe("sticky learn", () => {
  it("remembers the server that created a session", () => {
    const scene = new NginxScene(
      `zone app 64k; ${TWO} sticky learn create=$upstream_cookie_sid lookup=$cookie_sid zone=s:1m;`,
    );
    const first = scene.askServer();
    scene.answer(first.id, { ...OK, setCookies: [new Text("sid=77; Path=/")] });
    const back = [0, 1, 2].map(() => {
      const { id, address } = scene.askServer("sid=77");
      scene.answer(id);
      return address;
    });
    expect(back).toEqual(["10.0.0.1:80", "10.0.0.1:80", "10.0.0.1:80"]);
  });
});

describe("queue", () => {
  const QUEUE = "zone app 64k; server 10.0.0.1:80 max_conns=1; server 10.0.0.2:80 max_conns=1; queue 1 timeout=5s;";

  it("lets a request wait until one ends", () => {
    const scene = new NginxScene(QUEUE);
    const first = scene.askServer();
    scene.askServer();
    expect(scene.askServer().address).toBeNull();
    scene.machine.answered(scene.nowUs, first.id, OK, 10);
    const connect = scene.said().find(({ kind }) => kind === Action.CONNECT);
    expect(scene.machine.addresses[connect?.c ?? -1]).toBe(first.address);
  });

  it("answers 502 when it is full", () => {
    const scene = new NginxScene(QUEUE);
    for (let i = 0; i < 3; i++) scene.askServer();
    scene.ask();
    expect(scene.said().find(({ kind }) => kind === Action.REPLY)?.head?.status).toBe(502);
  });
});

describe("an upstream without a server", () => {
  it("answers 502 when the only server is marked down", () => {
    const scene = new NginxScene("server 10.0.0.1:80 down;");
    scene.ask();
    expect(scene.said().find(({ kind }) => kind === Action.REPLY)?.head?.status).toBe(502);
  });
});

describe("the state of a server", () => {
  it("is unavail while it is banned, by the words of NGINX Plus' API, and ends with a whole second", () => {
    const scene = new NginxScene(TWO);
    scene.nowUs = 500_000;
    const id = scene.ask();
    scene.said();
    scene.machine.attemptFailed(scene.nowUs, id, ConnectFailure.REFUSED);
    expect(scene.machine.memberState(0)).toBe("unavail");
    expect(scene.machine.isUsable(scene.nowUs, 0)).toBe(false);
    // Failed in second 0: 10 s of fail_timeout are over in second 11.
    expect(scene.machine.usableAgainUs(0)).toBe(11_000_000);
    const [table] = scene.machine.snapshot(scene.nowUs);
    expect(table?.rows.map((row) => [row.server, row.state, row.fails])).toEqual([
      ["10.0.0.1:80", "unavail", 1],
      ["10.0.0.2:80", "up", 0],
    ]);
  });
});
