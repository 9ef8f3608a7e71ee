import { describe, expect, it } from "vitest";
import { NO_HEADERS } from "../../../src/contract/http-message.ts";
import { Action, ActionField, type Outbox } from "../../../src/contract/outbox.ts";
import { Text } from "../../../src/contract/text.ts";
import { machineOf } from "./pool-of.ts";

const HEAD = { status: 200, reason: "OK", setCookies: [], location: null, headers: NO_HEADERS, keepAlive: true };

function request(path: string, method = "GET") {
  return {
    method,
    target: new Text(path),
    host: new Text("x"),
    cookie: null,
    headers: NO_HEADERS,
    bodyBytes: 0,
    chunked: false,
    upgrade: null,
    keepAlive: true,
  };
}

/** Takes the kinds and first columns of the actions, and empties the outbox as the driver does. */
function taken(outbox: Outbox): readonly (readonly [number, number, number])[] {
  const column = (i: number, field: number) => outbox.rows[(i << 2) | field] as number;
  const all = Array.from(
    { length: outbox.count },
    (_, i) => [column(i, ActionField.KIND), column(i, ActionField.A), column(i, ActionField.B)] as const,
  );
  outbox.count = 0;
  return all;
}

function started(text: string, path = "/") {
  const { machine, outbox } = machineOf(text);
  machine.connectionArrived(0, 0, "10.0.0.9", 0);
  machine.requestArrived(0, 0, 0, request(path));
  return { machine, outbox, actions: taken(outbox) };
}

describe("Caddy as a machine", () => {
  it("counts a request in flight until the client goes away, and closes the upstream's connection then", () => {
    const { machine, outbox, actions } = started(":80 {\n reverse_proxy a\n}\n");
    expect(actions.map(([kind]) => kind)).toEqual([Action.CONNECT]);
    expect(machine.snapshot()[0]?.rows).toEqual([{ address: "a:80", num_requests: 1, fails: 0 }]);
    machine.clientGone(5, 0);
    const kinds = taken(outbox).map(([kind]) => kind);
    expect(kinds).toContain(Action.CLOSE_BACKEND);
    expect(kinds).toContain(Action.DONE);
    expect(machine.snapshot()[0]?.rows).toEqual([{ address: "a:80", num_requests: 0, fails: 0 }]);
  });

  it("uses the connection to an upstream again", () => {
    const { machine, outbox, actions } = started(":80 {\n reverse_proxy a\n}\n");
    const [, attempt, connection] = actions[0] as readonly [number, number, number];
    machine.attemptConnected(1, attempt);
    machine.answered(2, attempt, HEAD, 10);
    taken(outbox);
    machine.requestArrived(3, 0, 1, request("/"));
    const send = taken(outbox).find(([kind]) => kind === Action.SEND);
    expect(send?.[2]).toBe(connection);
  });

  it("forgets a failure exactly fail_duration later, for everybody at once", () => {
    const { machine, outbox, actions } = started(
      ":80 {\n reverse_proxy a b {\n lb_policy first\n fail_duration 2s\n }\n}\n",
    );
    machine.attemptFailed(1000, (actions[0] as readonly [number, number, number])[1]);
    taken(outbox);
    expect([machine.isUsable(1000, 0), machine.memberState(0), machine.usableAgainUs(0)]).toEqual([
      false,
      "unhealthy",
      2_001_000,
    ]);
    machine.timer(2_001_000, 0);
    expect([machine.isUsable(2_001_000, 0), machine.memberState(0)]).toEqual([true, "healthy"]);
  });

  it("strips the prefix of handle_path, and a longer path comes before a shorter one", () => {
    const text =
      ":80 {\n reverse_proxy /api/* a\n reverse_proxy /api/v2/* b\n handle_path /old/* {\n reverse_proxy c\n }\n}\n";
    const to = (path: string) => {
      const { machine, actions } = started(text, path);
      const attempt = (actions[0] as readonly [number, number, number])[1];
      return machine.members[machine.memberOfAttempt(attempt)]?.name;
    };
    expect([to("/api/x"), to("/api/v2/x"), to("/old/x")]).toEqual(["a:80", "b:80", "c:80"]);
  });

  it("lets time pass in a loop without end", () => {
    const { outbox, actions } = started(":80 {\n reverse_proxy a {\n lb_retries -1\n max_fails -1\n }\n}\n");
    expect(actions.map(([kind]) => kind)).toEqual([Action.SET_TIMER]);
    expect(outbox.us[0]).toBe(1000);
  });

  it("says why an upstream was not chosen", () => {
    const { machine, outbox } = machineOf(":80 {\n reverse_proxy a b {\n lb_policy first\n health_uri /h\n }\n}\n");
    const rules: (string | null)[] = [];
    machine.listener = { decided: (decision) => rules.push(decision.candidates[0]?.excluded ?? null, decision.rule) };
    machine.start();
    const probe = taken(outbox).find(([kind]) => kind === Action.PROBE);
    machine.probeResult(1, probe?.[1] ?? -1, 0, 500, "");
    machine.connectionArrived(2, 0, "10.0.0.9", 0);
    machine.requestArrived(2, 0, 0, request("/"));
    expect(rules).toEqual(["unhealthy: its last health check failed", "the first available upstream as written"]);
  });
});
