import { describe, expect, it } from "vitest";
import { Action, ActionField, Outbox } from "../../../src/contract/outbox.ts";
import { Text } from "../../../src/contract/text.ts";
import { RandomStream } from "../../../src/engine/random/random-stream.ts";
import { APACHE } from "../../../src/proxies/apache/apache-family.ts";
import type { ApacheConfig } from "../../../src/proxies/apache/config/apache-config.ts";

const CONF = `ServerLimit 2
StartServers 1
ThreadLimit 1
ThreadsPerChild 1
MaxRequestWorkers 2
ProxyPass / http://10.0.0.1:80/
`;

function read(): ApacheConfig {
  const { config } = APACHE.read("httpd.conf", CONF, { load: () => null, list: () => [], env: {} }, {});
  if (config === null) throw new Error("the configuration is fine");
  return config;
}

function withProcesses(processes: number): ApacheConfig {
  const config = APACHE.withProcesses?.(read(), processes);
  if (config === undefined) throw new Error("Apache has processes");
  return config;
}

/** Backend connections that are asked for when `clients` ask at once. */
function connectsOf(config: ApacheConfig, clients: number): number {
  const outbox = new Outbox();
  const random = new RandomStream(1, 0, "proxy");
  const machine = APACHE.build(config, { outbox, random, startedAtUs: 0, epochOffsetUs: 0 });
  machine.start(0);
  const what = {
    method: "GET",
    target: new Text("/"),
    host: new Text("a.test"),
    cookie: null,
    headers: [],
    bodyBytes: 0,
    chunked: false,
    upgrade: null,
    keepAlive: false,
  };
  for (let id = 0; id < clients; id++) {
    machine.connectionArrived(0, id, "192.0.2.1", 0);
    machine.requestArrived(0, id, id, what);
  }
  const kinds = Array.from({ length: outbox.count }, (_, i) => outbox.rows[(i << 2) | ActionField.KIND]);
  return kinds.filter((kind) => kind === Action.CONNECT).length;
}

describe("Apache with another number of processes", () => {
  it("starts all of them, each with the threads that the configuration gives one", () => {
    // One thread each: as many requests are in progress as there are processes, the others wait to be accepted.
    expect(connectsOf(read(), 10)).toBe(1);
    expect(connectsOf(withProcesses(4), 10)).toBe(4);
    expect(connectsOf(withProcesses(1), 10)).toBe(1);
  });

  it("leaves the rest as it was", () => {
    const { limits, ...rest } = withProcesses(4);
    const { limits: limitsBefore, ...restBefore } = read();
    expect(rest).toEqual(restBefore);
    expect(limits).toEqual({
      ...limitsBefore,
      serverLimit: 4,
      startServers: 4,
      maxRequestWorkers: 4,
      maxSpareThreads: 4,
    });
  });
});
