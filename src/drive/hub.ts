import type { ProxyMachine } from "../contract/proxy-machine.ts";

/** What the two ports need of the driver. */
export interface Hub {
  readonly nowUs: number;
  readonly machine: ProxyMachine;
  /** Carries out what the machine put into its outbox; to be called after every call to the machine. */
  carryOut(): void;
}
