import { describe, expect, it } from "vitest";
import { Action } from "../../../src/contract/outbox.ts";
import { TimerKind } from "../../../src/proxies/nginx/timer-kind.ts";
import { timerId } from "../../../src/proxies/shared/timer-id.ts";
import { NginxScene } from "./nginx-scene.ts";

const ZONE = "zone app 64k; server 10.0.0.1:80; server 10.0.0.2:80;";

/** A scene whose checks are asked for by their slot; slot 0 is the first server. */
function checked(check: string, main = ""): NginxScene {
  return new NginxScene(ZONE, `health_check ${check};`, main);
}

const states = ({ machine }: NginxScene): readonly string[] => [machine.memberState(0), machine.memberState(1)];

describe("health_check", () => {
  it("asks every server at the start, with the location's timeouts", () => {
    const scene = new NginxScene(ZONE, "health_check uri=/h; proxy_connect_timeout 1s; proxy_read_timeout 2s;");
    const probes = scene.said().filter(({ kind }) => kind === Action.PROBE);
    expect(probes.map(({ a, us }) => [a, us])).toEqual([
      [0, 3_000_000],
      [1, 3_000_000],
    ]);
  });

  it("takes a server out with the first bad answer and brings it back with the first good one", () => {
    const scene = checked("interval=5s");
    scene.said();
    for (const status of [500, 404, 200, 302]) {
      scene.machine.probeResult(0, 0, 0, status, "");
      expect(states(scene)).toEqual([status < 400 ? "up" : "unhealthy", "up"]);
    }
    const timer = scene.said().find(({ kind }) => kind === Action.SET_TIMER);
    expect([timer?.a, timer?.us]).toEqual([timerId(TimerKind.HEALTH, 0), 5_000_000]);
  });

  it("counts fails and passes in a row", () => {
    const scene = checked("fails=2 passes=3");
    const after = (failure: number): string => {
      scene.machine.probeResult(0, 0, failure, failure === 0 ? 200 : 0, "");
      return scene.machine.memberState(0);
    };
    // Bad, good (begins anew), bad, bad: out. Good, good, bad (anew), good, good, good: back.
    expect([1, 0, 1, 1].map(after)).toEqual(["up", "up", "up", "unhealthy"]);
    expect([0, 0, 1, 0, 0, 0].map(after)).toEqual([
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "unhealthy",
      "up",
    ]);
  });

  it("keeps servers out until their first good answer with `mandatory`", () => {
    const scene = checked("mandatory");
    expect(states(scene)).toEqual(["unhealthy", "unhealthy"]);
    scene.said();
    scene.ask();
    expect(scene.said().find(({ kind }) => kind === Action.REPLY)?.head?.status).toBe(502);
    scene.machine.probeResult(0, 1, 0, 200, "");
    expect(scene.askServer().address).toBe("10.0.0.2:80");
  });

  it("sends nobody to a server that is out, not even when all are", () => {
    const scene = checked("");
    scene.machine.probeResult(0, 0, 0, 500, "");
    expect([scene.askServer().address, scene.askServer().address]).toEqual(["10.0.0.2:80", "10.0.0.2:80"]);
    scene.machine.probeResult(0, 1, 0, 500, "");
    expect(scene.askServer().address).toBeNull();
  });
});
