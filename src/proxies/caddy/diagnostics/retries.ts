import { type Diagnostic, perProxy, whereWritten } from "./diagnostic.ts";

const STUBBORN: readonly string[] = ["first", "ip_hash", "uri_hash", "header", "cookie"];

export const RETRIES: readonly Diagnostic[] = [
  perProxy(
    "caddy-no-retry",
    "warning",
    "Retries are off by default: an error of the upstream goes to the client although another upstream is there.",
    (proxy) => {
      if (proxy.upstreams.length < 2 || proxy.retries !== 0 || proxy.tryDurationUs > 0) return null;
      return {
        message:
          "neither lb_retries nor lb_try_duration is set: a failed attempt is answered with 502, no other upstream is tried",
        hint: "add `lb_retries 2` or `lb_try_duration 5s`",
        position: proxy.position,
      };
    },
  ),
  perProxy(
    "caddy-same-upstream-again",
    "warning",
    "Retries with first, a hash or a cookie and without fail_duration try the same dead upstream again.",
    (proxy) => {
      const { policy, passive } = proxy;
      const retries = proxy.retries !== 0 || proxy.tryDurationUs > 0;
      if (!retries || !STUBBORN.includes(policy.name) || proxy.upstreams.length < 2) return null;
      if (passive !== null && passive.failDurationUs > 0) return null;
      return {
        message: `lb_policy ${policy.name} chooses the same upstream on every try as long as it counts as available`,
        hint: "add `fail_duration 10s`: a failure makes the upstream unavailable for the next try",
        position: whereWritten(proxy, "lb_retries", "lb_try_duration"),
      };
    },
  ),
  perProxy("caddy-endless-retries", "warning", "A negative lb_retries means endless retries.", (proxy) =>
    proxy.retries >= 0
      ? null
      : {
          message: `lb_retries ${proxy.retries} is no limit: retries go on ${proxy.tryDurationUs > 0 ? "until lb_try_duration is over" : "for ever"}`,
          hint: "write the number of retries, or leave it out",
          position: whereWritten(proxy, "lb_retries"),
        },
  ),
  perProxy(
    "caddy-retry-match-replaces",
    "note",
    "lb_retry_match replaces the rule that GET is retried, it does not extend it.",
    (proxy) => {
      const { retryMatch } = proxy;
      if (retryMatch === null || retryMatch.length === 0) return null;
      const names = retryMatch.flatMap((set) =>
        set.flatMap((matcher) => (matcher.kind === "method" ? matcher.methods : [])),
      );
      if (names.length === 0 || names.includes("GET")) return null;
      return {
        message: `only ${names.join(", ")} is retried after the connection was made; GET is not any more`,
        hint: "name GET too: `method GET POST`",
        position: whereWritten(proxy, "lb_retry_match"),
      };
    },
  ),
  perProxy(
    "caddy-body-not-repeated",
    "note",
    "A request with a body can't be retried, and its second attempt blames the next, healthy upstream.",
    (proxy) => {
      if ((proxy.retries === 0 && proxy.tryDurationUs === 0) || proxy.upstreams.length < 2) return null;
      return {
        message:
          "a request with a body is not repeated even after a refused connection: the body is closed, the client gets 502" +
          (proxy.passive !== null && proxy.passive.failDurationUs > 0
            ? ", and the next upstream is charged with the failure"
            : ""),
        hint: "only GET, and any method without body after a failed connect, are retried (Caddy 2.6.2)",
        position: whereWritten(proxy, "lb_retries", "lb_try_duration"),
      };
    },
  ),
  perProxy(
    "caddy-try-interval-unused",
    "note",
    "lb_try_interval does nothing without lb_retries or lb_try_duration.",
    (proxy) =>
      proxy.tryIntervalUs > 0 && proxy.tryDurationUs === 0 && proxy.retries === 0
        ? {
            message: "lb_try_interval does nothing: retries are off",
            hint: "add `lb_try_duration 5s`",
            position: whereWritten(proxy, "lb_try_interval"),
          }
        : null,
  ),
];
