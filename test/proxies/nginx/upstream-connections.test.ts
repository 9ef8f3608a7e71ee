import { describe, expect, it } from "vitest";
import { Action } from "../../../src/contract/outbox.ts";
import { NginxScene, OK } from "./nginx-scene.ts";

const OPEN = 'proxy_http_version 1.1; proxy_set_header Connection "";';

/** One request after another; for each, whether a new connection was made. */
function fresh(keepalive: string, times: readonly number[], head = OK): readonly boolean[] {
  const scene = new NginxScene(`server 10.0.0.1:80; ${keepalive}`, OPEN);
  return times.map((us) => {
    scene.nowUs = us;
    const { id, address } = scene.askServer();
    scene.answer(id, head);
    return address !== null;
  });
}

describe("kept connections to servers", () => {
  it("carry keepalive_requests requests", () => {
    expect(fresh("keepalive 4; keepalive_requests 2;", [0, 1, 2, 3])).toEqual([true, false, true, false]);
  });

  it("live keepalive_time, looked at after an answer", () => {
    // Opened at 0: at 900 ms it is kept, at 1100 ms it is closed after the answer.
    expect(fresh("keepalive 4; keepalive_time 1s;", [0, 900_000, 1_100_000, 1_200_000])).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it("are not kept when the server says so, or when keepalive is missing", () => {
    expect(fresh("keepalive 4;", [0, 1], { ...OK, keepAlive: false })).toEqual([true, true]);
    expect(fresh("", [0, 1])).toEqual([true, true]);
  });

  it("are as many as `keepalive` says: the one kept longest is closed for another", () => {
    const scene = new NginxScene("server 10.0.0.1:80; keepalive 1;", OPEN);
    const both = [scene.askServer(), scene.askServer()];
    scene.machine.answered(0, both[0]?.id as number, OK, 10);
    scene.said();
    scene.machine.answered(0, both[1]?.id as number, OK, 10);
    expect(scene.said().filter(({ kind }) => kind === Action.CLOSE_BACKEND)).toHaveLength(1);
  });
});
