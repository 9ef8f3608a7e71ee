import { describe, expect, it } from "vitest";
import { BreakCause, ConnectFailure } from "../../../src/contract/failure.ts";
import { explainRequest } from "../../../src/experiment/explain.ts";
import { Film } from "../../../src/experiment/film/film-reader.ts";
import { filmReplication } from "../../../src/experiment/film/film-replication.ts";
import { gunzipText } from "../../../src/experiment/film/gzip-text.ts";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { beginAttempt, beginRequest, endAttempt } from "../../../src/experiment/replication/seen-request.ts";
import { StaleAttempts } from "../../../src/experiment/replication/stale-attempts.ts";
import { Replication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const STALE = 100 + BreakCause.STALE;

/** One process, so that there is one pool. */
const HTTPD_CONF = `ServerLimit 1
StartServers 1
MaxRequestWorkers 25
<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
`;

/**
 * A request each second. On a new connection the member is done 25 ms after the request (three hops, 10 ms of work) and
 * closes 974 ms later, 1 ms before the next request leaves; the proxy hears of it 4 ms after that. Then again: the
 * reconnect is done at 34 − 5 ms, the member closes at 2.003 s, after the request of 2 s has left. That one reconnects at
 * 2.008 s and closes at 3.007 s, too late for the request of 3 s, which arrives at 3.005 s. Done at 3.015 s, closed at
 * 3.989 s, heard at 3.994 s: the request of 4 s begins on a new connection, and all of it comes again.
 */
const SCENARIO = `proxy: httpd.conf
clients:
  requests: {rate: 1/s, arrivals: constant}
backends:
  default: {service: 10ms, keep-alive-idle: 974ms, session: {store: none}}
network: {client-hop: 0s, backend-hop: 5ms}
duration: 10s
warm-up: 0s
phase: fixed
`;

describe("a reconnect after a stale connection to the same member", () => {
  const { experiment } = experimentOf(SCENARIO, { "httpd.conf": HTTPD_CONF });
  const variant = experiment.variants[0] as PreparedVariant;
  const options = { world: experiment.resolved.world, binUs: 1_000_000, keepRows: true };
  const stale: number[] = [];
  const run = new Replication(experiment, variant, 0, options);
  const { attemptEnded } = run.recorder;
  run.recorder.attemptEnded = (nowUs, request, attempt, status, failure, bytes) => {
    if (failure === STALE) stale.push(nowUs / 1000);
    attemptEnded.call(run.recorder, nowUs, request, attempt, status, failure, bytes);
  };
  run.run();
  const result = run.result();

  it("is neither an attempt of its own nor a failover nor a failure of the member", () => {
    expect(stale).toEqual([1004, 2008, 5004, 6008, 9004]);
    expect(result.rows?.attempts).toEqual(Array(10).fill(1));
    expect(result.metrics.failovers).toBe(0);
    const [member] = run.recorder.members.finish(run.drive.nowUs);
    expect(member).toMatchObject({ attempts: 10, failures: 0 });
  });

  it("is listed once by an explanation and by a film, with the answer", () => {
    const listed = [{ member: 0, result: "200" }];
    expect(explainRequest(experiment, variant.name, 0, 1)?.request.attempts).toEqual(listed);
    const film = new Film(
      gunzipText(filmReplication(experiment, variant, 0, options, 100).film as string),
      variant.name,
    );
    expect(film.ranks.map((rank) => film.request(rank)?.attempts)).toEqual(Array(10).fill(listed));
  });
});

describe("an attempt that met a stale connection", () => {
  const seen = () => beginRequest(0, 0, { client: 0, session: 0, ordinal: 0, tryNumber: 0, classIndex: 0 }, -1);

  it("stays listed when the next one is to another member", () => {
    const request = seen();
    beginAttempt(request, 4, 0);
    endAttempt(request, 4, 0, STALE);
    beginAttempt(request, 4, 1);
    endAttempt(request, 4, 200, 0);
    expect(request.attempts.map(({ member, result }) => [member, result])).toEqual([
      [0, "stale connection"],
      [1, "200"],
    ]);
  });

  it("is not confused with one that failed to connect", () => {
    const request = seen();
    beginAttempt(request, 4, 0);
    endAttempt(request, 4, 0, ConnectFailure.REFUSED);
    beginAttempt(request, 4, 0);
    expect(request.attempts).toHaveLength(2);
  });

  it("is kept for its request until somebody asks", () => {
    const attempts = new StaleAttempts();
    const attempt = { member: 2, startUs: 5, endUs: 9 };
    expect(attempts.keep(7, ConnectFailure.RESET, attempt)).toBe(false);
    expect(attempts.isEmpty).toBe(true);
    expect(attempts.keep(7, STALE, attempt)).toBe(true);
    expect(attempts.take(6)).toBeNull();
    expect(attempts.take(7)).toEqual(attempt);
    expect(attempts.take(7)).toBeNull();
    expect(attempts.isEmpty).toBe(true);
  });
});
