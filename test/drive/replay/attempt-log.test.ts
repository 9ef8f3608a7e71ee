import { describe, expect, it } from "vitest";
import { BreakCause, ConnectFailure } from "../../../src/contract/failure.ts";
import { AttemptLog } from "../../../src/drive/replay/attempt-log.ts";

function logOfOne(): AttemptLog {
  const log = new AttemptLog(1);
  log.backendOfAddress = [0, 1];
  log.assign(7, 0);
  return log;
}

const backends = (log: AttemptLog) => log.attemptsOf(0).map(({ backend }) => backend);

describe("the log of attempts", () => {
  it("has a member once when its kept-alive connection was found dead and the attempt went out on a new one", () => {
    const log = logOfOne();
    log.attemptStarted(0, 7, 3, 0, 0);
    log.attemptEnded(10, 7, 3, 0, 100 + BreakCause.STALE);
    log.attemptStarted(10, 7, 3, 0, 0);
    expect(backends(log)).toEqual([0]);
  });

  it("has a member that refused, and the one that the request went to after it", () => {
    const log = logOfOne();
    log.attemptStarted(0, 7, 3, 0, 0);
    log.attemptEnded(10, 7, 3, 0, ConnectFailure.REFUSED);
    log.attemptStarted(10, 7, 3, 1, 1);
    expect(backends(log)).toEqual([0, 1]);
  });
});
