import { Outbox } from "../../src/contract/outbox.ts";
import { Drive } from "../../src/drive/drive.ts";
import { ProxyInstances } from "../../src/drive/proxy-instances.ts";
import type { Spread } from "../../src/drive/spread.ts";
import type { BackendSide, ClientSide } from "../../src/model/sides.ts";
import { PassThroughMachine, type PassThroughOptions } from "./pass-through-machine.ts";

export interface InstancesStage {
  readonly drive: Drive;
  readonly proxy: ProxyInstances;
  readonly machines: readonly PassThroughMachine[];
  /** Attempts as the driver's listener hears of them: "time started request". */
  readonly attempts: string[];
}

/** Several pass-through machines side by side between the two sides, started. */
export function instancesStage(
  clients: ClientSide,
  backends: BackendSide,
  spread: Spread,
  options: PassThroughOptions & { readonly startsAtUs?: readonly number[] } = {},
): InstancesStage {
  const { startsAtUs = [-1000, -1000], ...each } = options;
  const outbox = new Outbox();
  const machines: PassThroughMachine[] = [];
  const proxy = new ProxyInstances({
    startsAtUs,
    outbox,
    spread,
    build: (_instance, own) => {
      const machine = new PassThroughMachine(own, each);
      machines.push(machine);
      return machine;
    },
  });
  const attempts: string[] = [];
  const drive = new Drive({
    machine: proxy,
    outbox,
    clients,
    backends,
    backendCount: 1,
    backendOfAddress: [0],
    clientHopUs: 0,
    backendHopUs: 0,
    startedAtUs: startsAtUs.reduce((first, us) => Math.min(first, us)),
    listener: {
      attemptStarted: (nowUs, request) => attempts.push(`${nowUs} started ${request}`),
      attemptReached: () => {},
      attemptEnded: (nowUs, request, _attempt, status, failure) =>
        attempts.push(`${nowUs} ended ${request} ${status} ${failure}`),
      requestDone: () => {},
    },
  });
  drive.start();
  return { drive, proxy, machines, attempts };
}
