import { type Diagnostic, perProxy, seconds, whereWritten } from "./diagnostic.ts";

const UNHEALTHY = ["unhealthy_request_count", "unhealthy_status", "unhealthy_latency", "max_fails"] as const;

export const PASSIVE_HEALTH: readonly Diagnostic[] = [
  perProxy(
    "caddy-never-available",
    "warning",
    "A passive health option without fail_duration leaves max_fails at 0: no upstream is ever available.",
    (proxy) => {
      const { passive } = proxy;
      if (passive === null || passive.maxFails > 0) return null;
      return {
        message: `max_fails is ${passive.maxFails}, and an upstream is healthy only while its failures are fewer: every request gets 503`,
        hint: "add `fail_duration 10s` (max_fails becomes 1), or `max_fails 1`",
        position: whereWritten(proxy, ...UNHEALTHY),
      };
    },
  ),
  perProxy(
    "caddy-fails-not-counted",
    "warning",
    "max_fails, unhealthy_status and unhealthy_latency count nothing without fail_duration.",
    (proxy) => {
      const { passive } = proxy;
      if (passive === null || passive.failDurationUs > 0 || passive.maxFails <= 0) return null;
      return {
        message: "without fail_duration no failure is remembered: no upstream is ever marked unhealthy by its failures",
        hint: "add `fail_duration 10s`",
        position: whereWritten(proxy, "max_fails", ...UNHEALTHY),
      };
    },
  ),
  perProxy(
    "caddy-no-health",
    "warning",
    "Neither passive nor active health checks: a dead upstream fails its share of the requests for ever.",
    (proxy) => {
      if (proxy.upstreams.length < 2 || proxy.passive !== null || proxy.active !== null) return null;
      const tries =
        proxy.retries !== 0 || proxy.tryDurationUs > 0 ? "is tried again and again" : "fails its share of the requests";
      return {
        message: `passive health checks are off by default: a dead upstream ${tries} for ever`,
        hint: "add `fail_duration 10s`, and `lb_retries 2` or `lb_try_duration 5s`",
        position: proxy.position,
      };
    },
  ),
  perProxy(
    "caddy-returns-in-full",
    "note",
    "There is no half-open probe: when fail_duration is over, the upstream gets its whole share at once.",
    (proxy) => {
      const { passive } = proxy;
      if (passive === null || passive.failDurationUs <= 0 || proxy.active !== null || proxy.upstreams.length < 2)
        return null;
      return {
        message: `each failure is forgotten ${seconds(passive.failDurationUs)} after it happened; then the upstream gets its whole share again, dead or alive`,
        hint: "active health checks (health_uri) bring an upstream back only when it answers",
        position: whereWritten(proxy, "fail_duration"),
      };
    },
  ),
];
