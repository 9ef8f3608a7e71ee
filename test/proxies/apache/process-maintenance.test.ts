import { describe, expect, it } from "vitest";
import { ProcessMaintenance } from "../../../src/proxies/apache/process-maintenance.ts";
import { ServerProcess } from "../../../src/proxies/apache/server-process.ts";
import { limits } from "./build-config.ts";

const busy = (slot: number, idle = 0): ServerProcess => {
  const process = new ServerProcess(slot, 2, 2);
  process.idle = idle;
  return process;
};

const many = limits({
  serverLimit: 40,
  startServers: 2,
  threadsPerChild: 2,
  maxRequestWorkers: 80,
  minSpareThreads: 3,
  maxSpareThreads: 6,
});

describe("the parent's look at its processes", () => {
  it("starts 1, 2, 4, 8 … processes while idle threads are too few", () => {
    const maintenance = new ProcessMaintenance(many);
    expect(maintenance.initial).toBe(2);
    const processes = [busy(0), busy(1)];
    const started = [1, 2, 3, 4].map(() => maintenance.look(processes).start);
    expect(started).toEqual([1, 2, 4, 8]);
  });

  it("begins again with 1 after a look that found enough", () => {
    const maintenance = new ProcessMaintenance(many);
    maintenance.look([busy(0)]);
    maintenance.look([busy(0)]);
    expect(maintenance.look([busy(0, 2), busy(1, 2)])).toEqual({ start: 0, end: false });
    expect(maintenance.look([busy(0)]).start).toBe(1);
  });

  it("does not count threads of a process that does not listen", () => {
    const deaf = busy(1, 2);
    deaf.open = false;
    expect(new ProcessMaintenance(many).look([busy(0, 2), deaf]).start).toBe(1);
  });

  it("ends one process when more than MaxSpareThreads are idle", () => {
    const maintenance = new ProcessMaintenance(many);
    expect(maintenance.look([0, 1, 2].map((slot) => busy(slot, 2))).end).toBe(false);
    expect(maintenance.look([0, 1, 2, 3].map((slot) => busy(slot, 2))).end).toBe(true);
  });

  it("stays within MaxRequestWorkers, and has nothing to do with one process", () => {
    const two = new ProcessMaintenance({ ...many, maxRequestWorkers: 4, startServers: 1 });
    expect(two.look([busy(0), busy(1)]).start).toBe(0);
    expect(new ProcessMaintenance(limits()).isNeeded).toBe(false);
  });
});
