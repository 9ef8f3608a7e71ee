import * as z from "zod/mini";
import { duration, durationOrNever, ratio } from "../values/quantity.ts";
import { drawn, factor, flag, type KeyInfo, named, quantity, section, text, whole, word } from "./keys.ts";
import { queueLength } from "./queue-length.ts";

/**
 * A backend's keys are all optional: an entry refines `default`, and `default` refines the registered fallbacks
 * (resolve/backend-settings.ts puts the three together).
 */
const session = section(
  {
    store: z.optional(
      word(["memory", "shared", "none"], {
        describe:
          "`memory`: lost when the process dies; `shared`: one store for all backends; `none`: the application has no sessions.",
        example: "shared",
        fallback: "memory",
      }),
    ),
    cookie: z.optional(
      text({
        describe: "Name of the cookie that the application sets; an empty text = the id travels in the path.",
        example: "SESSIONID",
        fallbackText: "the configuration's sticky cookie unless the proxy sets that itself, else JSESSIONID",
      }),
    ),
    "path-parameter": z.optional(
      text({
        describe: "Path parameter with the id when `cookie` is empty.",
        example: "jsessionid",
        fallbackText: "the configuration's, else jsessionid",
      }),
    ),
    "jvm-route": z.optional(
      text({
        describe:
          "Text after the id: `node1` gives `id.node1`; an empty text = none. Set it otherwise than the proxy's route to reproduce a mismatch.",
        example: "node1",
        fallbackText: "the route that the proxy's configuration gives the member",
      }),
    ),
    path: z.optional(text({ describe: "Path of the session cookie.", example: "/shop", fallback: "/" })),
    attributes: z.optional(
      text({ describe: "Further attributes of the session cookie.", example: '"; HttpOnly"', fallback: "" }),
    ),
    "unknown-id": z.optional(
      word(["new", "reuse", "error"], {
        describe:
          "What the application does with an id it doesn't know: start a new session, start one under that id, answer with the status of `errors` (500).",
        example: "error",
        fallback: "new",
      }),
    ),
    expiry: z.optional(
      quantity(durationOrNever, {
        describe: "State expires when it was not used for so long.",
        example: "30m",
        fallback: "30m",
      }),
    ),
  },
  { describe: "Sessions of the application.", example: "{store: shared}" },
);

const errors = section(
  {
    rate: quantity(ratio, { describe: "Share of tries that are answered with the error.", example: "1%" }),
    status: z.optional(whole(400, 599, { describe: "Status of the error.", example: "503", fallback: 500 })),
  },
  { describe: "Errors that are always there.", example: "{rate: 1%, status: 503}", fallbackText: "none" },
);

const coldStart = section(
  {
    factor: factor({ describe: "Work takes so many times longer right after the start.", example: "5" }),
    for: quantity(duration, { describe: "Time until work takes as long as usual.", example: "30s" }),
  },
  {
    describe: "A process is slow after its start; the slowness falls linearly.",
    example: "{factor: 5, for: 30s}",
    fallbackText: "none",
  },
);

const ENTRY: KeyInfo = {
  describe: "Properties of one backend process, named by its address or alias (Apache route, HAProxy server name).",
  example: "{speed: 0.5}",
};

/** Keys of `backends.default` and of every entry. */
export const backendEntry = section(
  {
    service: z.optional(
      drawn(duration, {
        describe: "Work that one request needs at speed 1, when its class doesn't say.",
        example: "{lognormal: {mean: 40ms, cv: 1.5}}",
        fallback: { exponential: { mean: "40ms" } },
        fallbackText: "{exponential: {mean: 40ms}}",
      }),
    ),
    speed: z.optional(factor({ describe: "Work divided by speed is time.", example: "0.5", fallback: 1 })),
    cores: z.optional(
      whole(1, 4096, {
        describe: "Processors that all running requests share (discipline `ps`).",
        example: "8",
        fallback: 4,
      }),
    ),
    concurrency: z.optional(
      whole(1, 1_000_000, {
        describe: "Requests worked on at once; more wait in the queue.",
        example: "50",
        fallback: 200,
      }),
    ),
    queue: z.optional(
      queueLength({
        describe: "Waiting places beside those worked on; `unlimited` = no end.",
        example: "0",
        fallback: 100,
      }),
    ),
    "queue-full": z.optional(
      word(["reject", "refuse"], {
        describe: "One more than fits: `reject` = answered 503, `refuse` = connection refused.",
        example: "reject",
        fallback: "refuse",
      }),
    ),
    discipline: z.optional(
      word(["fcfs", "ps"], {
        describe:
          "`fcfs`: each running request has a core of its own, so `concurrency` is the number of servers; `ps`: the cores are shared equally by all that run.",
        example: "fcfs",
        fallback: "ps",
      }),
    ),
    "keep-alive": z.optional(
      flag({ describe: "Connections from the proxy stay open between requests.", example: "false", fallback: true }),
    ),
    "keep-alive-idle": z.optional(
      quantity(durationOrNever, {
        describe: "The backend closes a connection that was idle for so long.",
        example: "20s",
        fallback: "60s",
      }),
    ),
    session: z.optional(session),
    errors: z.optional(errors),
    "hidden-errors": z.optional(
      quantity(ratio, {
        describe: "Share of answers with status 200 that hide an error.",
        example: "0.1%",
        fallback: "0%",
      }),
    ),
    "cold-start": z.optional(coldStart),
    heartbeat: z.optional(
      word(["auto", "on", "off"], {
        describe:
          "Each second the process tells the proxy how many requests it works on and how many places of `concurrency` are free, as mod_heartbeat does; `auto`: when the proxy's configuration listens (HeartbeatListen).",
        example: "off",
        fallback: "auto",
      }),
    ),
    "when-client-gone": z.optional(
      word(["continue", "cancel"], {
        describe: "What happens to work whose requester has closed the connection.",
        example: "cancel",
        fallback: "continue",
      }),
    ),
  },
  ENTRY,
);

/** `default` and entries by address or alias. */
export const backends = named(backendEntry, {
  describe:
    "What stands behind the proxy. Every address of the configuration is a backend with the properties of `default`; further entries refine one backend, named by address or alias.",
  example: "{default: {service: 40ms}, node2: {speed: 0.5}}",
});
