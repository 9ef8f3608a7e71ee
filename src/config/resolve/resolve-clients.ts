import type { Problem } from "../../contract/problem.ts";
import type { ArrivalSpec, ClientsSpec, RequestClassSpec } from "../../model/world-spec.ts";
import { positionAt } from "../document/scenario-node.ts";
import type { ParsedScenario } from "../parse-scenario.ts";
import { problem } from "../problem.ts";
import type { KeyPath } from "../problems/finding.ts";
import { buildDistribution } from "../values/build-distribution.ts";
import { isAlwaysZero, isNeverAbove } from "../values/distribution-spec.ts";

type ClientsInput = ParsedScenario["input"]["clients"];
type OpenInput = NonNullable<ClientsInput["requests"]>;
type UsersInput = NonNullable<ClientsInput["users"]>;

/** Arrivals beyond which a run is a mistake rather than a long run. */
const MAX_ARRIVALS = 10_000_000_000;

/** Numbers of requests are rounded: up to here a session has one, so nobody ever thinks between two. */
const MOST_FOR_ONE_REQUEST = 1.499_999;

/** Clients, or the problems that keep them from ever making requests, or the scenario from ever ending. */
export function resolveClients(
  scenario: ParsedScenario,
  classes: readonly RequestClassSpec[],
): { readonly clients: ClientsSpec | null; readonly problems: readonly Problem[] } {
  const { clients } = scenario.input;
  const problems: Problem[] = [];
  const report = (code: string, path: KeyPath, message: string, hint: string | null = null) => {
    problems.push(problem(code, message, hint, positionAt(scenario.document, ["clients", ...path], "value")));
  };
  const arrivals = arrivalsOf(clients, scenario.input.duration, report);
  const pace = clients.sessions ?? clients.users;
  if (arrivals === null || problems.length > 0) return { clients: null, problems };
  const one = buildDistribution({ kind: "constant", value: 1 });
  return {
    problems,
    clients: {
      arrivals,
      requestsPerSession: pace === undefined ? one : buildDistribution(pace.requests),
      think: buildDistribution(pace?.think ?? { kind: "constant", value: 0 }),
      patienceUs: clients.patience,
      retry: {
        attempts: clients.retry.attempts,
        backoff: buildDistribution(clients.retry.backoff),
        factor: clients.retry.factor,
      },
      leaveAfterFailure: clients["leave-after-failure"],
      withoutCookies: 1 - clients.cookies,
      keepAlive: clients["keep-alive"],
      idleUs: clients.idle,
      addresses: clients.addresses,
      classes,
      parallel: clients.parallel,
    },
  };
}

type Report = (code: string, path: KeyPath, message: string, hint?: string | null) => void;

function arrivalsOf(clients: ClientsInput, durationUs: number, report: Report): ArrivalSpec | null {
  if (clients.users !== undefined) return closedArrivals(clients.users, clients["leave-after-failure"], report);
  if (clients.sessions !== undefined) return openArrivals(clients.sessions, "sessions", durationUs, report);
  if (clients.requests !== undefined) return openArrivals(clients.requests, "requests", durationUs, report);
  return null;
}

/** A refused connection takes no time, so a loop without any pause would turn forever at one instant. */
function closedArrivals(users: UsersInput, leaveAfterFailure: number, report: Report): ArrivalSpec {
  // Nobody thinks after the last request of a session: the only one, or the one that fails.
  const isSingle = leaveAfterFailure === 1 || isNeverAbove(users.requests, MOST_FOR_ONE_REQUEST);
  if (isAlwaysZero(users.pause) && (isSingle || isAlwaysZero(users.think))) {
    const message = "users that never pause never let time pass while connections are refused: the run could never end";
    report("never-ends", ["users"], message, "give them a pause, 1ms is enough");
  }
  return { kind: "closed", users: users.count, pause: buildDistribution(users.pause) };
}

function openArrivals(open: OpenInput, key: string, durationUs: number, report: Report): ArrivalSpec {
  const seconds = durationUs / 1_000_000;
  const { rate, curve, bursty, trace } = open;
  const fastest = Math.max(rate ?? 0, ...(curve ?? bursty ?? []).map((point) => point.rate));
  if (fastest * seconds > MAX_ARRIVALS) {
    report(
      "never-ends",
      [key],
      `up to ${fastest * seconds} arrivals: such a run would not end in a lifetime`,
      "lower the rate or shorten the duration",
    );
  }
  if (trace !== undefined) {
    if (!isRising(trace)) report("out-of-range", [key, "trace"], "the instants of a trace must not fall", "sort them");
    if (trace.every((at) => at >= durationUs)) report("no-requests", [key, "trace"], "every arrival is after duration");
    return { kind: "trace", atUs: trace };
  }
  if (fastest === 0) report("no-requests", [key], "the rate is 0: nobody makes a request");
  if (curve !== undefined) {
    if (!isRising(curve.map((point) => point.at)))
      report("out-of-range", [key, "curve"], "the times of a curve must not fall", "sort the points by at");
    return { kind: "curve", points: curve.map((point) => ({ atUs: point.at, ratePerSec: point.rate })) };
  }
  if (bursty !== undefined) {
    const isStuck = bursty.every((state) => isAlwaysZero(state.for));
    if (isStuck)
      report(
        "never-ends",
        [key, "bursty"],
        "every state lasts 0: time would never pass",
        "let a state last, e.g. for: 30s",
      );
    const states = bursty.map((state) => ({ ratePerSec: state.rate, sojourn: buildDistribution(state.for) }));
    return { kind: "mmpp", states };
  }
  return { kind: open.arrivals, ratePerSec: rate ?? 0 };
}

function isRising(values: readonly number[]): boolean {
  return values.every((value, index) => value >= (values[index - 1] ?? 0));
}
