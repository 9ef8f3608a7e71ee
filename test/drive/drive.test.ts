import { describe, expect, it } from "vitest";
import { BreakCause, BreakPhase, ConnectFailure } from "../../src/contract/failure.ts";
import { Accept } from "../../src/model/sides.ts";
import { aRequest, NotingBackends, NotingClients, OK, stage } from "./two-sides.ts";

const SECOND = 1_000_000;

describe("a request through the driver", () => {
  it("takes no time but the service when there is no latency", () => {
    const clients = new NotingClients().at(100, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machine, attempts } = stage(clients, new NotingBackends(40));
    drive.run(SECOND);
    expect(machine.told).toEqual([
      "-1000 start",
      "100 SYN 0",
      "100 request 0 on 0",
      "100 connected 0",
      "100 sent 0 110",
      "140 answered 0",
    ]);
    expect(clients.seen).toEqual(["100 connected 0", "140 answered 0 200 64"]);
    expect(attempts).toEqual(["100 started 0", "100 reached 0", "140 ended 0 200 0 64", "140 done 0"]);
  });

  it("pays each hop once in each direction: handshake, request, handshake with the backend, request, answer", () => {
    // SYN 10, SYN-ACK 20, request 30, backend SYN 40, SYN-ACK 50, request 60, service 40, answer 110, 120
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machine } = stage(clients, new NotingBackends(40), { hopUs: 10 });
    drive.run(SECOND);
    expect(machine.told).toEqual([
      "-1000 start",
      "10 SYN 0",
      "30 request 0 on 0",
      "50 connected 0",
      "50 sent 0 110",
      "110 answered 0",
    ]);
    expect(clients.seen).toEqual(["20 connected 0", "120 answered 0 200 64"]);
  });

  it("comes in parts when the backend answers in parts", () => {
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const backends = new NotingBackends(5);
    backends.answerWith = (net, exchange) => {
      net.answerHead(exchange, OK);
      net.answerBody(exchange, 30);
      net.answerEnd(exchange);
    };
    const { drive, attempts } = stage(clients, backends);
    drive.run(SECOND);
    expect(clients.seen.slice(1)).toEqual(["5 head 0", "5 body 0 30", "5 end 0"]);
    expect(attempts).toContain("5 ended 0 200 0 30");
  });

  it("reuses ids only when client and proxy have both finished", () => {
    const clients = new NotingClients()
      .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(10, (net) => net.close(0))
      .at(20, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(200, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machine } = stage(clients, new NotingBackends(100));
    drive.run(SECOND);
    // The first client left at 10, but the proxy works for it until 100; from then on connection 0 is free for the third.
    expect(machine.told.filter((line) => line.includes("request"))).toEqual([
      "0 request 0 on 0",
      "20 request 1 on 1",
      "200 request 1 on 0",
    ]);
    expect(clients.seen.filter((line) => line.includes("answered"))).toEqual([
      "120 answered 1 200 64",
      "300 answered 1 200 64",
    ]);
  });
});

describe("events at the same instant", () => {
  it("an answer beats the timeout that falls on it", () => {
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive } = stage(clients, new NotingBackends(50), { silenceUs: 50 });
    drive.run(SECOND);
    expect(clients.seen).toContain("50 answered 0 200 64");
  });

  it("one microsecond later the timeout comes first", () => {
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const backends = new NotingBackends(51);
    const { drive, machine } = stage(clients, backends, { silenceUs: 50 });
    drive.run(SECOND);
    expect(machine.told).toContain(`50 broken 0 phase ${BreakPhase.HEAD} cause ${BreakCause.TIMEOUT}`);
    expect(clients.seen).toContain("50 answered 0 502 11");
    expect(backends.seen).toContain("50 abandoned");
  });

  it("an answer is handled before an arrival that was scheduled earlier", () => {
    const clients = new NotingClients()
      .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(50, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machine } = stage(clients, new NotingBackends(50));
    drive.run(SECOND);
    const at50 = machine.told.filter((line) => line.startsWith("50 "));
    expect(at50[0]).toBe("50 answered 0");
    expect(at50[1]).toBe("50 SYN 1");
  });

  it("an observer sees everything that happened at its instant", () => {
    const clients = new NotingClients().at(50, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machine } = stage(clients, new NotingBackends(0));
    let seen = 0;
    drive.observeAt(50, () => {
      seen = machine.told.length;
    });
    drive.run(SECOND);
    expect(seen).toBe(machine.told.length);
  });
});

describe("connections", () => {
  it("a dropped SYN comes again 1, 2, 3, 4, 5 and 7 s after the first", () => {
    const clients = new NotingClients().at(0, (net) => void net.open("1.2.3.4", 0));
    const { drive, machine } = stage(clients, new NotingBackends(0), { places: 0 });
    drive.run(8 * SECOND);
    expect(machine.told.slice(1)).toEqual([0, 1, 2, 3, 4, 5, 7].map((s) => `${s * SECOND} SYN 0`));
  });

  it("a client that leaves stops repeating its SYN", () => {
    const clients = new NotingClients()
      .at(0, (net) => void net.open("1.2.3.4", 0))
      .at(1_500_000, (net) => net.close(0));
    const { drive, machine } = stage(clients, new NotingBackends(0), { places: 0 });
    drive.run(8 * SECOND);
    expect(machine.told.slice(1)).toEqual(["0 SYN 0", "1000000 SYN 0"]);
  });

  it("what a client wrote before it was connected goes out when it is", () => {
    const clients = new NotingClients()
      .at(0, (net) => void net.open("1.2.3.4", 0))
      .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(300_000, (net) => net.close(0));
    const { drive } = stage(clients, new NotingBackends(0), { places: 1 });
    drive.run(3 * SECOND);
    expect(clients.seen).toContain("1000000 answered 0 200 64");
  });

  it("a refused connect is told with its cause", () => {
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const backends = new NotingBackends(0);
    backends.accept = Accept.REFUSED;
    const { drive, machine, attempts } = stage(clients, backends);
    drive.run(SECOND);
    expect(machine.told).toContain(`0 failed 0 ${ConnectFailure.REFUSED}`);
    expect(attempts).toContain(`0 ended 0 0 ${ConnectFailure.REFUSED} 0`);
  });

  it("a connect into silence ends by the proxy's own timeout", () => {
    const clients = new NotingClients().at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const backends = new NotingBackends(0);
    backends.accept = Accept.SILENT;
    const { drive, machine } = stage(clients, backends, { connectTimeoutUs: 2_500_000 });
    drive.run(10 * SECOND);
    expect(machine.told).toContain(`2500000 failed 0 ${ConnectFailure.TIMEOUT}`);
    expect(backends.seen).toEqual(["0 SYN", "1000000 SYN", "2000000 SYN"]);
  });

  it("a repeated SYN meets a backend that is back", () => {
    const backends = new NotingBackends(0);
    backends.accept = Accept.SILENT;
    const clients = new NotingClients()
      .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(700_000, () => {
        backends.accept = Accept.ACCEPTED;
      });
    const { drive } = stage(clients, backends);
    drive.run(3 * SECOND);
    expect(clients.seen).toContain("1000000 answered 0 200 64");
  });

  it("a backend that dies breaks its running exchanges", () => {
    const backends = new NotingBackends(-1);
    const clients = new NotingClients()
      .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
      .at(30, () => backends.net.closeAll(0, true));
    const { drive, machine } = stage(clients, backends);
    drive.run(SECOND);
    expect(machine.told).toContain(`30 broken 0 phase ${BreakPhase.HEAD} cause ${BreakCause.RESET}`);
  });

  it("added latency holds for messages that are sent from then on", () => {
    const backends = new NotingBackends(10);
    const clients = new NotingClients()
      .at(0, () => backends.net.setExtraLatency(0, 100))
      .at(1, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive } = stage(clients, backends);
    drive.run(SECOND);
    // SYN 101, SYN-ACK 201, request 301, service to 311, answer 411
    expect(clients.seen).toContain("411 answered 0 200 64");
  });
});

describe("health checks", () => {
  const operated = (accept: number) => {
    const backends = new NotingBackends(0);
    backends.probeAccept = accept;
    const staged = stage(new NotingClients(), backends);
    staged.drive.observeAt(0, () => staged.drive.operate(0, "look"));
    staged.drive.run(5 * SECOND);
    return staged.machine.told.slice(2);
  };

  it("an answer is the result", () => expect(operated(Accept.ACCEPTED)).toEqual(["0 probe 7 failure 0 status 204"]));
  it("a refusal is the result", () =>
    expect(operated(Accept.REFUSED)).toEqual([`0 probe 7 failure ${ConnectFailure.REFUSED} status 0`]));
  it("silence ends by the deadline", () =>
    expect(operated(Accept.SILENT)).toEqual([`1000000 probe 7 failure ${ConnectFailure.TIMEOUT} status 0`]));
});

describe("running in pieces", () => {
  it("gives the same as running in one", () => {
    const make = () =>
      new NotingClients()
        .at(0, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()))
        .at(90, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const [whole, pieces] = [make(), make()];
    stage(whole, new NotingBackends(40)).drive.run(SECOND);
    const { drive } = stage(pieces, new NotingBackends(40));
    while (!drive.run(SECOND, 1));
    expect(pieces.seen).toEqual(whole.seen);
  });
});
