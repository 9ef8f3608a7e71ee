import type { ApacheConfig } from "./apache-config.ts";
import type { Reader } from "./reader.ts";
import { Refused } from "./refused.ts";

/** What httpd finds out after reading the files and before carrying directives out. */
export function checkMpm(reader: Reader): void {
  const mpms = reader.modules.mpms();
  if (mpms.length === 1) return;
  const what = mpms.length === 0 ? "No MPM loaded." : "More than one MPM loaded.";
  throw new Refused(`AH00534: apache2: Configuration error: ${what}`, null);
}

/** What the check of the whole configuration finds (authz_core_check_config of mod_authz_core.c). */
export function checkAccess({ onlyNegative }: Reader): void {
  if (onlyNegative === null) return;
  const text = "AH01624: <RequireAll> directive contains only negative authorization directives";
  throw new Refused(`${text}\nAH00014: Configuration check failed`, onlyNegative);
}

const EXITING = "[-:emerg] AH00020: Configuration Failed, exiting";

/** What stops the start although the syntax test passes (spec/apache.md 15.3). */
export function checkStart(config: ApacheConfig): void {
  const has = (module: string) => config.modules.includes(module);
  if (!has("proxy_balancer")) return;
  if (!has("slotmem_shm")) {
    const lookup = "AH01177: Failed to lookup provider 'shm' for 'slotmem': is mod_slotmem_shm loaded??";
    throw new Refused(`[proxy_balancer:emerg] ${lookup}\n${EXITING}`, null, "start");
  }
  for (const { lbmethod, position } of config.balancers) {
    if (has(`lbmethod_${lbmethod}`)) continue;
    const lines = [
      `[proxy:crit] AH02432: Cannot find LB Method: ${lbmethod}`,
      "[proxy_balancer:emerg] (22)Invalid argument: AH01183: Cannot share balancer",
      EXITING,
    ];
    throw new Refused(lines.join("\n"), position, "start");
  }
}
