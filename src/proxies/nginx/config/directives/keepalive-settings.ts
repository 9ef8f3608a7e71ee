import type { Call, Handler } from "../call.ts";
import { parseNumber, parseTimeUs } from "../unit-values.ts";

/** keepalive_requests, keepalive_timeout and keepalive_time of an upstream; they count wherever they stand in the block. */
function setting(write: (call: Call, value: string) => void): Handler {
  return (call) => {
    write(call, call.args[0] ?? "");
    const { upstream } = call;
    if (upstream?.keepalive) upstream.keepalive = { ...upstream.keepalive, ...upstream.keepaliveSettings };
    return undefined;
  };
}

export const KEEPALIVE_SETTINGS: readonly (readonly [string, Handler])[] = [
  [
    "keepalive_requests@U",
    setting(({ upstream }, value) => {
      if (upstream !== null) upstream.keepaliveSettings.requests = parseNumber(value) ?? 0;
    }),
  ],
  [
    "keepalive_timeout@U",
    setting(({ upstream }, value) => {
      if (upstream !== null) upstream.keepaliveSettings.timeoutUs = parseTimeUs(value) ?? 0;
    }),
  ],
  [
    "keepalive_time@U",
    setting(({ upstream }, value) => {
      if (upstream !== null) upstream.keepaliveSettings.timeUs = parseTimeUs(value) ?? 0;
    }),
  ],
];
