import type { Position } from "../../../contract/problem.ts";
import type { WorkerDraft } from "./drafts.ts";
import { applyHealthParameter } from "./health-parameters.ts";
import type { Reader } from "./reader.ts";
import { atof, atoi, timeoutParameter } from "./unit-values.ts";
import type { WorkerUrl } from "./worker-url.ts";

const SECOND_US = 1_000_000;
const MILLISECOND_US = 1000;
/** Letters that `status=` knows (spec/apache.md 9). */
const STATUS_LETTERS = "OINGUDSEHRFC";

/** A member with every default of spec/apache.md 15.1. */
export function newWorkerDraft(url: WorkerUrl, position: Position): WorkerDraft {
  const { name, scheme, host, port, address, path } = url;
  return {
    url: name,
    scheme,
    host,
    port,
    address,
    path,
    factor: 100,
    lbset: 0,
    route: "",
    redirect: "",
    flags: new Set(),
    retryUs: 60 * SECOND_US,
    timeoutUs: null,
    connectionTimeoutUs: null,
    pingUs: null,
    acquireUs: null,
    min: 0,
    smax: null,
    max: null,
    ttlUs: null,
    keepalive: false,
    disableReuse: false,
    flushPackets: "off",
    upgrade: scheme === "ws" || scheme === "wss" ? "websocket" : null,
    healthCheck: { method: "NONE", intervalUs: 30 * SECOND_US, passes: 1, fails: 1, uri: "", expression: "" },
    position,
  };
}

/** Sets one parameter; gives httpd's complaint, or null when it is fine. */
type Setter = (worker: WorkerDraft, value: string) => string | null;

function wholeNumber(least: number, complaint: string, set: (worker: WorkerDraft, value: number) => void): Setter {
  return (worker, text) => {
    const value = atoi(text);
    if (value < least) return complaint;
    set(worker, value);
    return null;
  };
}

function duration(
  unit: "s" | "ms",
  wrong: string,
  tooShort: string,
  set: (worker: WorkerDraft, us: number) => void,
): Setter {
  return (worker, text) => {
    const us = timeoutParameter(text, unit);
    if (us === null) return wrong;
    if (us < MILLISECOND_US) return tooShort;
    set(worker, us);
    return null;
  };
}

function onOff(complaint: string, set: (worker: WorkerDraft, on: boolean) => void): Setter {
  return (worker, text) => {
    const value = text.toLowerCase();
    if (value !== "on" && value !== "off") return complaint;
    set(worker, value === "on");
    return null;
  };
}

function shortText(longest: number, complaint: string, set: (worker: WorkerDraft, text: string) => void): Setter {
  return (worker, text) => {
    if (text.length >= longest) return complaint;
    set(worker, text);
    return null;
  };
}

function bufferSize(complaint: string): Setter {
  return (_worker, text) => {
    const value = atoi(text);
    return value !== 0 && value < 512 ? complaint : null;
  };
}

const loadfactor: Setter = (worker, text) => {
  const factor = Math.trunc(atof(text) * 100);
  if (factor < 100 || factor > 10000) return "LoadFactor must be a number between 1..100";
  worker.factor = factor;
  return null;
};

const lbset: Setter = (worker, text) => {
  const value = atoi(text);
  if (value < 0 || value > 99) return "lbset must be between 0 and 99";
  worker.lbset = value;
  return null;
};

/** "+" or "-" holds for the letters that follow, "+" at first; a sign must be followed by a letter. */
const status: Setter = (worker, text) => {
  let sets = true;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === "+" || sign === "-") {
      sets = sign === "+";
      i++;
    }
    const letter = (text[i] ?? "").toUpperCase();
    if (letter === "" || !STATUS_LETTERS.includes(letter)) return "Unknown status parameter option";
    if (sets) worker.flags.add(letter);
    else worker.flags.delete(letter);
  }
  return null;
};

const flushPackets: Setter = (worker, text) => {
  const value = text.toLowerCase();
  if (value !== "on" && value !== "off" && value !== "auto") return "flushpackets must be on|off|auto";
  worker.flushPackets = value;
  return null;
};

const flushWait: Setter = (_worker, text) => {
  const value = atoi(text);
  const fine = value >= 0 && value <= 1000;
  return fine ? null : "flushwait must be <= 1000, or 0 for system default of 10 millseconds.";
};

const addressTtl: Setter = (_worker, text) =>
  /^(?:-1|\d+)$/.test(text) && Number(text) <= 2147483647
    ? null
    : "AddressTTL must be -1 or a number of seconds not exceeding (2147483647)";

const upgrade = shortText(16, "upgrade protocol length must be < 16 characters", (w, text) => {
  w.upgrade = text;
});

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ["loadfactor", loadfactor],
  [
    "retry",
    wholeNumber(0, "Retry must be a positive value", (w, n) => {
      w.retryUs = n * SECOND_US;
    }),
  ],
  [
    "ttl",
    wholeNumber(1, "TTL must be at least one second", (w, n) => {
      w.ttlUs = n * SECOND_US;
    }),
  ],
  [
    "min",
    wholeNumber(0, "Min must be a positive number", (w, n) => {
      w.min = n;
    }),
  ],
  [
    "max",
    wholeNumber(0, "Max must be a positive number", (w, n) => {
      w.max = n === 0 ? null : n;
    }),
  ],
  [
    "smax",
    wholeNumber(0, "Smax must be a positive number", (w, n) => {
      w.smax = n;
    }),
  ],
  [
    "timeout",
    wholeNumber(1, "Timeout must be at least one second", (w, n) => {
      w.timeoutUs = n * SECOND_US;
    }),
  ],
  [
    "acquire",
    duration("ms", "Acquire timeout has wrong format", "Acquire must be at least one millisecond", (w, us) => {
      w.acquireUs = us;
    }),
  ],
  [
    "connectiontimeout",
    duration(
      "s",
      "Connectiontimeout has wrong format",
      "Connectiontimeout must be at least one millisecond.",
      (w, us) => {
        w.connectionTimeoutUs = us;
      },
    ),
  ],
  [
    "ping",
    duration(
      "s",
      "Ping/Pong timeout has wrong format",
      "Ping/Pong timeout must be at least one millisecond",
      (w, us) => {
        w.pingUs = us;
      },
    ),
  ],
  [
    "route",
    shortText(64, "Route length must be < 64 characters", (w, text) => {
      w.route = text;
    }),
  ],
  [
    "redirect",
    shortText(64, "Redirect length must be < 64 characters", (w, text) => {
      w.redirect = text;
    }),
  ],
  ["secret", shortText(64, "Secret length must be < 64 characters", () => {})],
  ["upgrade", upgrade],
  ["status", status],
  ["lbset", lbset],
  [
    "keepalive",
    onOff("KeepAlive must be On|Off", (w, on) => {
      w.keepalive = on;
    }),
  ],
  [
    "disablereuse",
    onOff("DisableReuse must be On|Off", (w, on) => {
      w.disableReuse = on;
    }),
  ],
  [
    "enablereuse",
    onOff("EnableReuse must be On|Off", (w, on) => {
      w.disableReuse = !on;
    }),
  ],
  ["addressttl", addressTtl],
  ["flushpackets", flushPackets],
  ["flushwait", flushWait],
  ["iobuffersize", bufferSize("IOBufferSize must be >= 512 bytes, or 0 for system default.")],
  ["receivebuffersize", bufferSize("ReceiveBufferSize must be >= 512 bytes, or 0 for system default.")],
  [
    "responsefieldsize",
    wholeNumber(0, "ResponseFieldSize must be greater than 0 bytes, or 0 for system default.", () => {}),
  ],
]);

/** Keys that mod_proxy knows of members, in lower case. */
export const MEMBER_PARAMETERS: readonly string[] = [...SETTERS.keys()];

/**
 * Sets a `key=value` of a member or direct worker as httpd's `set_worker_param` does; keys in any case. Gives httpd's
 * complaint, or null. With mod_proxy_hcheck every key that mod_proxy doesn't know goes to that module.
 */
export function applyMemberParameter(reader: Reader, worker: WorkerDraft, key: string, value: string): string | null {
  const setter = SETTERS.get(key.toLowerCase());
  if (setter !== undefined) return setter(worker, value);
  if (!reader.modules.has("proxy_hcheck")) return "unknown Worker parameter";
  return applyHealthParameter(reader.draft, reader.modules.has("proxy_ajp"), worker.healthCheck, key, value);
}
