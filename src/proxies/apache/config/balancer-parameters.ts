import type { BalancerSettings } from "./drafts.ts";
import type { Reader } from "./reader.ts";
import { atoi } from "./unit-values.ts";

const LBMETHODS = ["byrequests", "bytraffic", "bybusyness", "heartbeat"] as const;
const SECOND_US = 1_000_000;

type Setter = (settings: BalancerSettings, value: string, reader: Reader) => string | null;

function onOff(name: string, set: (settings: BalancerSettings, on: boolean) => void): Setter {
  return (settings, text) => {
    const value = text.toLowerCase();
    if (value !== "on" && value !== "off") return `${name} must be On|Off`;
    set(settings, value === "on");
    return null;
  };
}

const lbmethod: Setter = (settings, text, reader) => {
  const method = LBMETHODS.find((m) => m === text);
  if (method === undefined || !reader.modules.has(`lbmethod_${method}`)) return "unknown lbmethod";
  settings.lbmethod = method;
  return null;
};

const stickySession: Setter = (settings, text) => {
  const bar = text.indexOf("|");
  const cookie = bar < 0 ? text : text.slice(0, bar);
  const path = bar < 0 ? text : text.slice(bar + 1);
  settings.stickySession = text === "" ? null : { cookie, path };
  return null;
};

const separator: Setter = (settings, text) => {
  if (text.toLowerCase() === "off") {
    settings.stickySessionSeparator = null;
    return null;
  }
  if (text.length !== 1) return "stickysessionsep must be a single character or Off";
  settings.stickySessionSeparator = text;
  return null;
};

const timeout: Setter = (settings, text) => {
  const value = atoi(text);
  if (value < 1) return "timeout must be at least one second";
  settings.timeoutUs = value * SECOND_US;
  return null;
};

const maxAttempts: Setter = (settings, text) => {
  const value = atoi(text);
  if (value < 0) return "maximum number of attempts must be a positive number";
  settings.maxAttempts = value;
  return null;
};

const failOnStatus: Setter = (settings, text) => {
  const codes: number[] = [];
  for (const part of text.split(/[, ]+/)) {
    if (part === "") continue;
    const code = atoi(part);
    if (code < 100 || code > 599) return "failonstatus must be one or more HTTP response codes";
    codes.push(code);
  }
  settings.failOnStatus = codes;
  return null;
};

const growth: Setter = (settings, text) => {
  const value = atoi(text);
  if (value < 1 || value > 100) return "growth must be between 1 and 100";
  settings.growth = value;
  return null;
};

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ["lbmethod", lbmethod],
  ["stickysession", stickySession],
  ["stickysessionsep", separator],
  [
    "scolonpathdelim",
    onOff("scolonpathdelim", (s, on) => {
      s.scolonPathDelim = on;
    }),
  ],
  // httpd's message leaves the "no" out.
  [
    "nofailover",
    onOff("failover", (s, on) => {
      s.nofailover = on;
    }),
  ],
  ["timeout", timeout],
  ["maxattempts", maxAttempts],
  ["failonstatus", failOnStatus],
  [
    "failontimeout",
    onOff("failontimeout", (s, on) => {
      s.failOnTimeout = on;
    }),
  ],
  [
    "forcerecovery",
    onOff("forcerecovery", (s, on) => {
      s.forceRecovery = on;
    }),
  ],
  ["growth", growth],
  ["nonce", (_settings, text) => (text.length >= 40 ? "Provided nonce is too large" : null)],
]);

/** Keys that a balancer knows, in lower case. */
export const BALANCER_PARAMETERS: readonly string[] = [...SETTERS.keys()];

/** Sets a `key=value` of a balancer as httpd's `set_balancer_param` does; gives httpd's complaint, or null. */
export function applyBalancerParameter(
  reader: Reader,
  settings: BalancerSettings,
  key: string,
  value: string,
): string | null {
  const setter = SETTERS.get(key.toLowerCase());
  return setter === undefined ? "unknown Balancer parameter" : setter(settings, value, reader);
}
