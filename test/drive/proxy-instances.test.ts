import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSpread } from "../../src/drive/spread.ts";
import { RandomStream } from "../../src/engine/random/random-stream.ts";
import { Accept } from "../../src/model/sides.ts";
import { instancesStage } from "./instances-stage.ts";
import { ThreeMembers } from "./three-members.ts";
import { aRequest, NotingBackends, NotingClients } from "./two-sides.ts";

const SECOND = 1_000_000;
const inTurn = (count: number) => makeSpread("round-robin", count, new RandomStream(1, 0, "spread"));

describe("several instances of a proxy", () => {
  it("get the connections as they are dealt, numbered from 0, and answer under the driver's ids", () => {
    const clients = new NotingClients();
    for (let i = 0; i < 4; i++) clients.at(100 * i, (net) => void net.request(net.open("1.2.3.4", 0), aRequest()));
    const { drive, machines, attempts } = instancesStage(clients, new NotingBackends(1000), inTurn(2));
    drive.run(SECOND);
    const arrivals = machines.map(({ told }) => told.filter((line) => line.includes("request")));
    expect(arrivals).toEqual([
      ["0 request 0 on 0", "200 request 1 on 1"],
      ["100 request 0 on 0", "300 request 1 on 1"],
    ]);
    expect(attempts.filter((line) => line.includes("started"))).toEqual([
      "0 started 0",
      "100 started 1",
      "200 started 2",
      "300 started 3",
    ]);
    expect(clients.seen.filter((line) => line.includes("answered"))).toEqual([
      "1000 answered 0 200 64",
      "1100 answered 1 200 64",
      "1200 answered 2 200 64",
      "1300 answered 3 200 64",
    ]);
  });

  it("keep a client connection, with all its requests, in the instance that it was dealt to", () => {
    const use = fc.record({ requests: fc.integer({ min: 0, max: 4 }), gapUs: fc.integer({ min: 1, max: 3000 }) });
    const stays = fc.array(use, { minLength: 1, maxLength: 40 });
    const property = fc.property(stays, fc.integer({ min: 2, max: 5 }), fc.boolean(), (uses, count, refuses) => {
      const clients = new NotingClients();
      const dealtTo: number[] = [];
      const sent: number[] = new Array<number>(count).fill(0);
      const expectIn = (instance: number) => {
        sent[instance] = (sent[instance] as number) + 1;
      };
      let atUs = 0;
      for (const [i, { requests, gapUs }] of uses.entries()) {
        atUs += gapUs;
        let connection = -1;
        clients.at(atUs, (net) => {
          connection = net.open("1.2.3.4", 0);
        });
        for (let r = 0; r < requests; r++)
          clients.at(atUs + 1 + 2000 * r, (net) => {
            net.request(connection, aRequest());
            expectIn(dealtTo[i] as number);
          });
        clients.at(atUs + 1 + 2000 * requests, (net) => net.close(connection));
      }
      const chance = new RandomStream(uses.length, 0, "spread");
      const backends = new NotingBackends(500);
      if (refuses) backends.accept = Accept.REFUSED;
      const { drive, machines } = instancesStage(
        clients,
        backends,
        () => dealtTo[dealtTo.push(chance.nextInt(count)) - 1] as number,
        { startsAtUs: new Array<number>(count).fill(-1000) },
      );
      drive.run(10 * SECOND);
      expect(machines.map(({ told }) => told.filter((line) => line.includes(" request ")).length)).toEqual(sent);
      expect(clients.seen.filter((line) => line.includes("answered")).length).toBe(sent.reduce((a, b) => a + b));
      // Whoever is told of an arrival is told of the departure.
      for (const { told } of machines)
        expect(told.filter((line) => line.includes("gone")).length).toBe(told.filter((l) => l.includes("SYN")).length);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("see a lost SYN again where it was lost", () => {
    const clients = new NotingClients()
      .at(0, (net) => void net.open("1.2.3.4", 0))
      .at(10, (net) => void net.open("1.2.3.4", 0))
      .at(20, (net) => void net.open("1.2.3.4", 0));
    const { drive, machines } = instancesStage(clients, new NotingBackends(1000), inTurn(2), { places: 1 });
    drive.run(1.5 * SECOND);
    // The third goes to the first instance, which has no place; it comes again there after a second.
    expect(machines.map(({ told }) => told.filter((line) => line.includes("SYN")))).toEqual([
      ["0 SYN 0", "20 SYN 1", "1000020 SYN 1"],
      ["10 SYN 0"],
    ]);
  });

  it("start each at its own time", () => {
    const starts = { startsAtUs: [-500, -2000, -1] };
    const { drive, machines } = instancesStage(new NotingClients(), new NotingBackends(0), inTurn(3), starts);
    drive.run(0);
    expect(machines.map(({ told }) => told)).toEqual([["-500 start"], ["-2000 start"], ["-1 start"]]);
  });

  it("are all told what an administrator does, and hear of their own probes only", () => {
    const clients = new NotingClients().at(5, () => drive.operate(0, "drain"));
    const { drive, machines } = instancesStage(clients, new NotingBackends(0), inTurn(2));
    drive.run(SECOND);
    const expected = ["5 operate 0 drain", "5 probe 7 failure 0 status 204"];
    for (const { told } of machines) expect(told.slice(1)).toEqual(expected);
  });
});

describe("three equal members in turn", () => {
  it.each([
    // Apache's byrequests, nginx and HAProxy begin with the first member, Caddy with the second.
    ["apache", "123123"],
    ["nginx", "123123"],
    ["haproxy", "123123"],
    ["caddy", "231231"],
  ])(
    "%s goes round in each of two instances by itself: every member twice running, and a third to each",
    (name, round) => {
      const one = new ThreeMembers(name, 1);
      expect(Array.from({ length: 6 }, () => one.ask()).join("")).toBe(round);
      // Connections 0, 2, 4, … see one round, and so do 1, 3, 5, …
      const two = new ThreeMembers(name, 2);
      const twice = [...round].map((member) => member + member).join("");
      expect(Array.from({ length: 12 }, () => two.ask()).join("")).toBe(twice);
    },
  );
});

describe("several instances of Apache", () => {
  it("lose one request each to a dead member, which is mixed in between and usable until both know", () => {
    const two = new ThreeMembers("apache", 2);
    expect(two.ask("1")).toBe("12");
    expect([two.proxy.memberState(0), two.proxy.isUsable(0, 0)]).toEqual(["mixed", true]);
    expect(two.ask("1")).toBe("12");
    expect([two.proxy.isUsable(0, 0), two.proxy.usableAgainUs(0)]).toEqual([false, 60 * SECOND]);
    expect(two.proxy.memberState(0)).not.toBe("mixed");
    expect(two.states[0]).toBe("0 mixed");
    expect([two.ask("1"), two.ask("1")].join("").includes("1")).toBe(false);
  });

  it("show a status page each", () => {
    const titles = new ThreeMembers("apache", 2).proxy.snapshot(0).map(({ title }) => title);
    const [first, second] = [titles.slice(0, titles.length / 2), titles.slice(titles.length / 2)];
    expect(first.every((title) => title.startsWith("instance 1: "))).toBe(true);
    expect(second).toEqual(first.map((title) => title.replace("instance 1", "instance 2")));
  });

  it("say whose a decision is, and about which of the driver's requests", () => {
    const two = new ThreeMembers("apache", 2);
    const decided: string[] = [];
    two.proxy.listener = { decided: ({ request, group }) => decided.push(`${request} ${group}`) };
    two.ask();
    two.ask();
    two.ask();
    expect(decided).toEqual(["0 shop, instance 1", "1 shop, instance 2", "2 shop, instance 1"]);
  });
});
