import type { StatusTable } from "../../contract/proxy-machine.ts";
import type { Balancer } from "./balancer.ts";
import type { BalancerConfig, MemberConfig } from "./config/apache-config.ts";
import { statusText } from "./worker-status.ts";

/** Bytes and retries stand behind the page's rounded columns. */
const NOT_SHOWN = ["ToBytes", "FromBytes", "retries"];

type Row = Readonly<Record<string, string | number>>;

/** A size as the manager rounds it: "174", "1.2K", "12K" (httpd: apr_strfsize). */
export function formatSize(bytes: number): string {
  if (bytes < 973) return String(bytes);
  let size = bytes;
  for (const unit of "KMGTPE") {
    let rest = size % 1024;
    size = Math.floor(size / 1024);
    if (size >= 973) continue;
    if (size < 9 || (size === 9 && rest < 973)) {
      rest = Math.floor((rest * 5 + 256) / 512);
      return rest >= 10 ? `${size + 1}.0${unit}` : `${size}.${rest}${unit}`;
    }
    return `${rest >= 512 ? size + 1 : size}${unit}`;
  }
  return "****";
}

function twoDecimals(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

function balancerRow(balancer: Balancer, config: BalancerConfig): Row {
  const members = balancer.slots.count;
  const sticky = config.stickySession;
  return {
    MaxMembers: `${members + config.growth} [${members} Used]`,
    StickySession:
      sticky === null ? "(None)" : sticky.cookie === sticky.path ? sticky.cookie : `${sticky.cookie}|${sticky.path}`,
    DisableFailover: config.nofailover ? "On" : "Off",
    Timeout: String(balancer.waiting ? 0 : Math.floor(config.timeoutUs / 1_000_000)),
    FailoverAttempts: String(balancer.maxAttempts),
    Method: balancer.method.name,
    Path: config.path,
    Active: "Yes",
  };
}

function memberRow(balancer: Balancer, m: number, checks: boolean): Row {
  const { slots } = balancer;
  const member = balancer.members[m] as MemberConfig;
  const { healthCheck: check } = member;
  const sent = slots.sent[m] as number;
  const read = slots.read[m] as number;
  return {
    "Worker URL": member.url,
    Route: balancer.routes[m] as string,
    RouteRedir: balancer.redirects[m] as string,
    Factor: twoDecimals(slots.factor[m] as number),
    Set: String(slots.lbset[m]),
    Status: statusText(balancer.status(m)),
    Elected: String(slots.elected[m]),
    Busy: String(slots.busy[m]),
    Load: String(slots.lbstatus[m]),
    To: formatSize(sent),
    From: formatSize(read),
    ...(checks
      ? {
          "HC Method": check.method,
          "HC Interval": `${Math.floor(check.intervalUs / 1000)}ms`,
          Passes: `${check.passes} (${slots.passCount[m]})`,
          Fails: `${check.fails} (${slots.failCount[m]})`,
          "HC uri": check.uri,
          "HC Expr": check.expression,
        }
      : {}),
    ToBytes: sent,
    FromBytes: read,
    retries: slots.retries[m] as number,
  };
}

/** The balancer-manager's page (spec/apache.md 16): for each balancer its own row, then one per member. */
export class BalancerManager {
  private readonly balancers: readonly Balancer[];
  private readonly expressions: Readonly<Record<string, string>>;
  private readonly checks: boolean;

  /** @param checks mod_proxy_hcheck is loaded: its columns are shown */
  constructor(balancers: readonly Balancer[], expressions: Readonly<Record<string, string>>, checks: boolean) {
    this.balancers = balancers.filter(({ config }) => config !== null);
    this.expressions = expressions;
    this.checks = checks;
  }

  /** One table per balancer; the conditions of health checks stand under the last, at the end of the page. */
  tables(): readonly StatusTable[] {
    return this.balancers.map((balancer, i) => ({
      title: `balancer://${balancer.name}`,
      rows: i === this.balancers.length - 1 ? [...this.rowsOf(balancer), ...this.conditions()] : this.rowsOf(balancer),
      notShown: NOT_SHOWN,
    }));
  }

  private conditions(): readonly Row[] {
    if (!this.checks) return [];
    return Object.entries(this.expressions).map(([name, text]) => ({
      "Expr name": name,
      Expression: text.replace(/^\{|\}$/g, ""),
    }));
  }

  private rowsOf(balancer: Balancer): readonly Row[] {
    return [
      balancerRow(balancer, balancer.config as BalancerConfig),
      ...balancer.members.map((_, m) => memberRow(balancer, m, this.checks)),
    ];
  }
}
