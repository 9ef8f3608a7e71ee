import { describe, expect, it } from "vitest";
import { NotingBackends, NotingClients, stage } from "./two-sides.ts";

describe("a load report", () => {
  it("reaches the machine after the backend hop", () => {
    const backends = new NotingBackends(-1);
    const clients = new NotingClients().at(5000, () => backends.net.loadReport(0, 2, 1));
    const { drive, machine } = stage(clients, backends, { hopUs: 300 });
    drive.run(10_000);
    expect(machine.told).toEqual(["-1000 start", "5300 load report 0 busy 2 ready 1"]);
  });

  it("is told for every address behind which the backend stands", () => {
    const backends = new NotingBackends(-1);
    const clients = new NotingClients().at(5000, () => {
      backends.net.loadReport(0, 2, 1);
      backends.net.loadReport(1, 0, 3);
    });
    const { drive, machine } = stage(clients, backends, { backendOfAddress: [1, 0, 1, -1] });
    drive.run(10_000);
    expect(machine.told).toEqual([
      "-1000 start",
      "5000 load report 1 busy 2 ready 1",
      "5000 load report 0 busy 0 ready 3",
      "5000 load report 2 busy 0 ready 3",
    ]);
  });
});
