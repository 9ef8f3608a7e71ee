import type { Hub } from "./hub.ts";

/** Load reports that reach the proxy: each is about every address behind which its backend stands. */
export class ReportPort {
  private readonly hub: Hub;
  private readonly addressesOf: readonly (readonly number[])[];

  constructor(hub: Hub, backendOfAddress: readonly number[], backendCount: number) {
    this.hub = hub;
    const addressesOf: number[][] = Array.from({ length: backendCount }, () => []);
    for (const [address, backend] of backendOfAddress.entries()) addressesOf[backend]?.push(address);
    this.addressesOf = addressesOf;
  }

  arrived(backend: number, busy: number, ready: number): void {
    for (const address of this.addressesOf[backend] ?? [])
      this.hub.machine.loadReport(this.hub.nowUs, address, busy, ready);
    this.hub.carryOut();
  }
}
