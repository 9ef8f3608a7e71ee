import * as z from "zod/mini";
import { bad, type Finding, good, type Outcome, shown } from "../problems/finding.ts";
import { duration, durationOrNever, plainNumber, rate, ratio, size } from "../values/quantity.ts";
import {
  custom,
  drawn,
  factor,
  flag,
  list,
  named,
  quantity,
  section,
  text,
  whole,
  withFallback,
  word,
} from "./keys.ts";

const THINK = "Time between an answer and the next request of the same session";

const curvePoint = section({
  at: quantity(duration, { describe: "Time, counted from the end of the warm-up.", example: "2m" }),
  rate: quantity(rate, { describe: "Rate at that time; between two points it changes linearly.", example: "40/s" }),
});

const burstState = section({
  rate: quantity(rate, { describe: "Rate while this state lasts.", example: "200/s" }),
  for: drawn(duration, { describe: "How long the state lasts each time.", example: "{exponential: {mean: 10s}}" }),
});

/** When sessions or single requests start, in an open system. */
const arrivalKeys = {
  rate: z.optional(quantity(rate, { describe: "Arrivals per time.", example: "2/s" })),
  arrivals: withFallback(
    word(["poisson", "constant"], {
      describe: "`poisson`: independent arrivals with exponential gaps; `constant`: equal gaps.",
      example: "constant",
      fallback: "poisson",
    }),
  ),
  curve: z.optional(
    list(curvePoint, {
      describe: "Instead of `rate`: a rate that changes. After the last point its rate holds.",
      example: "[{at: 0s, rate: 10/s}, {at: 5m, rate: 80/s}]",
    }),
  ),
  bursty: z.optional(
    list(burstState, {
      describe: "Instead of `rate`: states that are visited in a cycle, each with a rate (Markov-modulated Poisson).",
      example: "[{rate: 10/s, for: 30s}, {rate: 100/s, for: {exponential: {mean: 5s}}}]",
    }),
  ),
  trace: z.optional(
    list(quantity(duration, { describe: "Instant of one arrival.", example: "1.5s" }), {
      describe: "Instead of `rate`: the instants of the arrivals, not falling.",
      example: "[0s, 250ms, 1s]",
    }),
  ),
};

const sessionKeys = {
  requests: withFallback(
    drawn(plainNumber, { describe: "Requests in a session, rounded, at least 1.", example: "10", fallback: 10 }),
  ),
  think: withFallback(drawn(duration, { describe: `${THINK}.`, example: "{exponential: {mean: 5s}}", fallback: "1s" })),
};

const sessions = section(
  { ...arrivalKeys, ...sessionKeys },
  {
    describe: "Open arrivals: sessions begin whether or not earlier ones have ended.",
    example: "{rate: 2/s, requests: 10, think: {exponential: {mean: 5s}}}",
  },
);

const users = section(
  {
    count: whole(1, 1_000_000, { describe: "Number of users.", example: "50" }),
    pause: withFallback(
      drawn(duration, {
        describe: "Time between the end of a user's session and the start of the next.",
        example: "10s",
        fallback: "1s",
      }),
    ),
    ...sessionKeys,
  },
  {
    describe: "Closed arrivals: a fixed number of users, each of whom waits for the answer before the next request.",
    example: "{count: 50, pause: 10s, requests: 5, think: 2s}",
  },
);

const requests = section(arrivalKeys, {
  describe: "Open arrivals of single requests: every session has exactly one request.",
  example: "{rate: 100/s}",
});

const retry = section(
  {
    attempts: withFallback(whole(0, 100, { describe: "Further tries after a failed one.", example: "2", fallback: 0 })),
    backoff: withFallback(
      drawn(duration, { describe: "Wait before the first retry.", example: "500ms", fallback: "1s" }),
    ),
    factor: withFallback(
      factor({ describe: "The wait is multiplied by it for every further retry.", example: "2", fallback: 2 }),
    ),
  },
  { describe: "What a client does when a request failed.", example: "{attempts: 2, backoff: 500ms}" },
);

/** Statuses "200-399" or [200, 301]; inclusive bounds. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

function readStatuses(value: unknown): Outcome<readonly StatusRange[]> {
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(",")
      : [value];
  if (items.length === 0) return bad("missing-key", "an empty list");
  const ranges: StatusRange[] = [];
  const findings: Finding[] = [];
  items.forEach((item, index) => {
    const parts = /^\s*(\d{3})(?:\s*-\s*(\d{3}))?\s*$/.exec(
      typeof item === "number" ? String(item) : typeof item === "string" ? item : "",
    );
    const from = Number(parts?.[1]);
    const to = Number(parts?.[2] ?? parts?.[1]);
    if (parts !== null && from >= 100 && to <= 599 && from <= to) {
      ranges.push({ from, to });
      return;
    }
    const path = Array.isArray(value) ? [index] : [];
    const message = `expected statuses such as 200-399 or [200, 404], found ${shown(item)}`;
    findings.push({ path, code: "wrong-value", message, hint: null, on: "value" });
  });
  return findings.length > 0 ? { ok: false, findings } : good(ranges);
}

/** `websocket: true` or `websocket: {open: …}`. */
const websocket = section(
  {
    open: withFallback(
      drawn(duration, {
        describe: "How long the tunnel stays open.",
        example: "{exponential: {mean: 2m}}",
        fallback: "1m",
      }),
    ),
  },
  { describe: "The request asks for a WebSocket; the tunnel stays open for this time.", example: "{open: 2m}" },
);

/** One kind of request. */
export const requestClass = section({
  name: z.optional(
    text({ describe: "Name in tables and expectations.", example: "search", fallbackText: "method and path" }),
  ),
  weight: withFallback(factor({ describe: "Relative frequency among the classes.", example: "3", fallback: 1 })),
  method: withFallback(text({ describe: "HTTP method.", example: "POST", fallback: "GET" })),
  path: z.optional(
    text({
      describe: "Request target as the client writes it.",
      example: "/shop/search?q=1",
      fallbackText: "the shortest path that reaches a balancer",
    }),
  ),
  host: z.optional(
    text({ describe: "Host header.", example: "www.example.org", fallbackText: "first name of the configuration" }),
  ),
  headers: z.optional(
    named(text({ describe: "Value of the header.", example: "gzip" }), {
      describe: "Further request headers.",
      example: "{Accept-Encoding: gzip}",
    }),
  ),
  "request-size": withFallback(
    drawn(size, { describe: "Bytes of the request body.", example: "2KiB", fallback: "0B" }),
  ),
  "response-size": withFallback(
    drawn(size, { describe: "Bytes of the response body.", example: "{exponential: {mean: 10kB}}", fallback: "10kB" }),
  ),
  service: z.optional(
    drawn(duration, {
      describe: "Work that one request needs, at speed 1.",
      example: "{lognormal: {p50: 20ms, p99: 200ms}}",
      fallbackText: "the backend's own `service`",
    }),
  ),
  session: z.optional(
    word(["creates", "needs", "ignores"], {
      describe:
        "`creates`: starts state when the client has none; `needs`: state must be found (the first request of a session creates it); `ignores`: stateless.",
      example: "ignores",
      fallbackText: "`needs`; with `clients.requests`, or backends without sessions, `ignores`",
    }),
  ),
  good: withFallback(
    custom(
      { describe: "Statuses that count as good answers.", example: "[200-299, 404]", fallback: "200-399" },
      "statuses",
      readStatuses,
      () => ({
        anyOf: [{ type: "string" }, { type: "integer" }, { type: "array", items: { type: ["string", "integer"] } }],
      }),
    ),
  ),
  websocket: z.optional(websocket),
  patience: z.optional(
    quantity(duration, {
      describe: "How long the client waits for the complete answer.",
      example: "5s",
      fallbackText: "`clients.patience`",
    }),
  ),
});

/** Where the load comes from and how clients behave. */
export const clients = section(
  {
    sessions: z.optional(sessions),
    users: z.optional(users),
    requests: z.optional(requests),
    patience: withFallback(
      quantity(durationOrNever, {
        describe: "How long a client waits for a complete answer; then it closes the connection.",
        example: "10s",
        fallback: "30s",
      }),
    ),
    retry: z.prefault(retry, {}),
    "leave-after-failure": withFallback(
      quantity(ratio, {
        describe: "Share of clients who end their session after a request that finally failed.",
        example: "50%",
        fallback: "0%",
      }),
    ),
    cookies: withFallback(
      quantity(ratio, { describe: "Share of clients that keep and send cookies.", example: "95%", fallback: "100%" }),
    ),
    "keep-alive": withFallback(
      flag({ describe: "Clients keep their connection open between requests.", example: "false", fallback: true }),
    ),
    idle: withFallback(
      quantity(durationOrNever, {
        describe: "A client closes a connection that was idle for so long.",
        example: "15s",
        fallback: "60s",
      }),
    ),
    addresses: withFallback(
      whole(1, 65_536, {
        describe: "Number of distinct source addresses; sessions take them in turn.",
        example: "1",
        fallback: 1000,
      }),
    ),
    parallel: withFallback(
      whole(1, 100, {
        describe: "Requests at once within a session, each on a connection of its own.",
        example: "6",
        fallback: 1,
      }),
    ),
    classes: z.optional(
      list(requestClass, {
        describe: "Kinds of requests, drawn for each request by weight.",
        example: "[{path: /shop/, weight: 3}, {path: /shop/buy, method: POST}]",
        fallbackText: "one class, derived from the proxy's configuration",
      }),
    ),
  },
  {
    describe: "Where the load comes from. Exactly one of `sessions`, `users` and `requests`.",
    example: "{sessions: {rate: 2/s, requests: 10, think: {exponential: {mean: 5s}}}}",
  },
);
