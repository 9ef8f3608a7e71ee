/** What one host reported last. */
export interface HeartbeatRecord {
  readonly busy: number;
  readonly ready: number;
  lastSeenS: number;
}

/**
 * Whether reports that are heard can be those of this host: they are filed under the IPv4 address that they came from, so
 * a member that is written as a name finds none (httpd: hm_recv of mod_heartmonitor.c).
 */
export function isReportAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/**
 * What is known of the load of hosts: the contents of HeartbeatStorage as read with the configuration, overlaid by the
 * reports that arrive while the simulation runs (spec/apache.md 4.4; httpd: read_heartbeats of mod_lbmethod_heartbeat.c).
 */
export class HeartbeatStorage {
  private readonly records = new Map<string, HeartbeatRecord>();
  private readonly reportedAtUs = new Map<string, number>();

  /** @param text lines of `<address> &busy=B&ready=R&lastseen=S&port=P`, or null */
  constructor(text: string | null) {
    for (const line of (text ?? "").split("\n")) {
      const [address, query] = line.trim().split(/\s+/);
      if (address === undefined || address === "" || address.startsWith("#") || query === undefined) continue;
      const value = (name: string): number => {
        const found = query.split("&").find((pair) => pair.startsWith(`${name}=`));
        const number = Number.parseInt(found?.slice(name.length + 1) ?? "0", 10);
        return Number.isNaN(number) ? 0 : number;
      };
      this.records.set(address, { busy: value("busy"), ready: value("ready"), lastSeenS: value("lastseen") });
    }
  }

  report(nowUs: number, host: string, busy: number, ready: number): void {
    this.records.set(host, { busy, ready, lastSeenS: 0 });
    this.reportedAtUs.set(host, nowUs);
  }

  /** The record of a host, its age brought up to date when it was reported during the run; null when not listed. */
  recordOf(host: string, nowUs: number): HeartbeatRecord | null {
    const record = this.records.get(host);
    if (record === undefined) return null;
    const reportedAtUs = this.reportedAtUs.get(host);
    if (reportedAtUs !== undefined) record.lastSeenS = Math.floor((nowUs - reportedAtUs) / 1_000_000);
    return record;
  }
}
