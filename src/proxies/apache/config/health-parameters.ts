import type { HealthCheckConfig } from "./apache-config.ts";
import type { ConfigDraft } from "./drafts.ts";
import { atoi, timeoutParameter } from "./unit-values.ts";

type HealthDraft = { -readonly [K in keyof HealthCheckConfig]?: HealthCheckConfig[K] };

const METHODS = ["NONE", "TCP", "OPTIONS", "HEAD", "GET", "OPTIONS11", "HEAD11", "GET11", "CPING"] as const;
/** mod_proxy_hcheck looks ten times a second. */
const SHORTEST_INTERVAL_US = 100_000;

/** Keys that mod_proxy_hcheck knows, in lower case. */
export const HEALTH_PARAMETERS: readonly string[] = words(
  "hctemplate hcmethod hcinterval hcpasses hcfails hcuri hcexpr",
);

function words(text: string): readonly string[] {
  return text.split(" ");
}

/**
 * Sets a hc… parameter as mod_proxy_hcheck's `set_worker_hc_param` does; gives httpd's complaint, or null. A template is
 * copied when it is named: what a member says afterwards wins. Names of templates and expressions count in any case.
 */
export function applyHealthParameter(
  draft: ConfigDraft,
  pings: boolean,
  check: HealthDraft,
  key: string,
  value: string,
): string | null {
  switch (key.toLowerCase()) {
    case "hctemplate": {
      const template = draft.healthTemplates.get(value.toLowerCase());
      if (template === undefined) return `Unknown ProxyHCTemplate name: ${value}`;
      Object.assign(check, template);
      return null;
    }
    case "hcmethod":
      return setMethod(check, pings, value);
    case "hcinterval": {
      const us = timeoutParameter(value, "s");
      if (us === null) return "Unparse-able hcinterval setting";
      if (us < SHORTEST_INTERVAL_US) return "Interval must be a positive value greater than 100ms";
      check.intervalUs = us;
      return null;
    }
    case "hcpasses":
      if (atoi(value) < 0) return "Passes must be a positive value";
      check.passes = atoi(value);
      return null;
    case "hcfails":
      if (atoi(value) < 0) return "Fails must be a positive value";
      check.fails = atoi(value);
      return null;
    case "hcuri":
      if (value.length >= 64) return "Health check uri length must be < 64 characters";
      check.uri = value;
      return null;
    case "hcexpr":
      return setExpression(draft, check, value);
    default:
      return "unknown Worker hcheck parameter";
  }
}

function setExpression(draft: ConfigDraft, check: HealthDraft, value: string): string | null {
  const name = Object.keys(draft.healthExpressions).find((n) => n.toLowerCase() === value.toLowerCase());
  if (name === undefined) return `Unknown health check condition expr: ${value}`;
  check.expression = name;
  return null;
}

function setMethod(check: HealthDraft, pings: boolean, value: string): string | null {
  const name = value.toUpperCase();
  if (name === "PROVIDER" || (name === "CPING" && !pings)) {
    return `Health check method ${name} not (yet) implemented`;
  }
  const method = METHODS.find((m) => m === name);
  if (method === undefined) return "Unknown method";
  check.method = method;
  return null;
}
