import type { MetricInfo } from "./result.ts";

/** Every metric that a result holds, in the order of the comparison table. The definitions are those of design "what the words mean". */
export const METRICS: readonly MetricInfo[] = [
  {
    id: "throughput",
    title: "good requests/s",
    unit: "1/s",
    better: "higher",
    definition: "Good final answers to user requests that came in the observed time, per second of it.",
  },
  {
    id: "availability",
    title: "availability",
    unit: "ratio",
    better: "higher",
    definition: "Share of user requests (retries merged) whose final answer was good; one without an end was not.",
  },
  {
    id: "availability_attempts",
    title: "availability per try",
    unit: "ratio",
    better: "higher",
    definition: "Share of single tries of clients that got a good answer; one without an end did not.",
  },
  {
    id: "availability_sessions",
    title: "sessions without a failure",
    unit: "ratio",
    better: "higher",
    definition:
      "Share of sessions in which every user request got a good answer and no state was lost, among those that ended or wait for an answer without an end.",
  },
  {
    id: "availability_time",
    title: "time with a usable path",
    unit: "ratio",
    better: "higher",
    definition:
      "Share of the observed time in which at least one member of the most used balancer was usable by the proxy's own rules and its backend was not down by a fault.",
  },
  {
    id: "response_mean",
    title: "mean response time",
    unit: "µs",
    better: "lower",
    definition: "Mean response time of user requests that ended, from the intended start of the first try.",
  },
  {
    id: "response_p50",
    title: "p50",
    unit: "µs",
    better: "lower",
    definition: "Median response time of user requests that ended, from the intended start of the first try.",
  },
  {
    id: "response_p95",
    title: "p95",
    unit: "µs",
    better: "lower",
    definition: "95th percentile of the response time.",
  },
  {
    id: "response_p99",
    title: "p99",
    unit: "µs",
    better: "lower",
    definition: "99th percentile of the response time.",
  },
  {
    id: "sessions_lost",
    title: "sessions lost",
    unit: "count",
    better: "lower",
    definition:
      "Times that a request was processed by a backend that did not find the session's state (once per state).",
  },
  {
    id: "sessions_lost_share",
    title: "session loss",
    unit: "ratio",
    better: "lower",
    definition:
      "Session states lost in the observed time divided by session states started in it. A client that loses its state starts a new one and may lose that too.",
  },
  {
    id: "sessions_interrupted",
    title: "sessions interrupted",
    unit: "count",
    better: "lower",
    definition: "Times that a session was refused, failed or timed out while its state still existed.",
  },
  {
    id: "sessions_doomed",
    title: "sessions doomed",
    unit: "count",
    better: "lower",
    definition: "Sessions that ended with their state gone without the client asking again.",
  },
  {
    id: "failovers",
    title: "failovers",
    unit: "count",
    better: "neither",
    definition: "Further attempts of the proxy after the first one of a request.",
  },
  {
    id: "retries",
    title: "client retries",
    unit: "count",
    better: "lower",
    definition: "Tries after the first one of a user request.",
  },
  {
    id: "share_error",
    title: "largest share error",
    unit: "ratio",
    better: "lower",
    definition:
      "Largest absolute difference between a member's share of attempts and its entitlement among the usable members.",
  },
  {
    id: "fairness",
    title: "Jain fairness",
    unit: "ratio",
    better: "higher",
    definition: "Jain's index of attempts divided by weight over the members of the most used balancer.",
  },
  {
    id: "wasted_work",
    title: "wasted work",
    unit: "ratio",
    better: "lower",
    definition:
      "Service time spent after the proxy had closed the connection that the request came on, divided by all service time.",
  },
  {
    id: "queue_peak",
    title: "longest queue",
    unit: "count",
    better: "lower",
    definition: "Largest number of requests waiting at one backend.",
  },
  {
    id: "unresolved",
    title: "unresolved",
    unit: "count",
    better: "lower",
    definition: "User requests still without an end when the drain was over; they count as not good.",
  },
  {
    id: "tunnels_cut",
    title: "tunnels cut",
    unit: "count",
    better: "lower",
    definition:
      "Switched connections (WebSocket) that proxy or backend cut; their requests are good, because the 101 came in time.",
  },
];
