import { type Behaviour, CaseError, type CaseRequest, type RecordedCase } from "./recorded-case.ts";

const MODES = ["ok", "status", "status-once", "refuse", "hang", "slow", "close", "truncate", "blackhole"];
/** Nobody records for longer than a day. */
const LONGEST_US = 86_400_000_000;

/**
 * Looks at the values of a case whose types are right.
 * @throws CaseError that names the first value that can't be meant.
 */
export function checkCase(script: RecordedCase, file: string): void {
  const fail = (place: string, expected: string): never => {
    throw new CaseError(`${file}: ${place} must be ${expected}`);
  };
  const assertTimes = (place: string, times: Readonly<Record<string, number | null>>): void => {
    for (const [key, us] of Object.entries(times))
      if (us !== null && !(us >= 0 && us <= LONGEST_US)) fail(`${place}${key}`, "from 0 to 86400000");
  };
  const assertBehaviour = (place: string, behaviour: Behaviour): void => {
    const { mode, status, bodyBytes, serviceUs, stallUs } = behaviour;
    if (!MODES.includes(mode)) fail(`${place}.mode`, `one of ${MODES.join(", ")}, not "${mode}"`);
    if (!isWithin(status, 100, 999)) fail(`${place}.status`, "a status code");
    if (!isWithin(bodyBytes, 0, Number.MAX_SAFE_INTEGER)) fail(`${place}.body_bytes`, "a whole number of 0 or more");
    assertTimes(`${place}.`, { service_ms: serviceUs, stall_ms: stallUs });
  };
  assertTimes("", { gap_ms: script.gapUs, settle_ms: script.settleUs, linger_ms: script.lingerUs });
  if (!isWithin(script.serverLimit, 1, 1000)) fail("server_limit", "a whole number from 1 to 1000");
  const names = script.backends.map(({ name }) => name);
  for (const [b, { name, phases }] of script.backends.entries()) {
    if (name === "") fail(`backends[${b}].name`, "a name");
    if (names.indexOf(name) !== b) fail(`backends[${b}].name`, `unique; two are called "${name}"`);
    for (const [p, phase] of phases.entries()) {
      const place = `backends[${b}].behaviour[${p}]`;
      assertTimes(`${place}.`, { from_ms: phase.fromUs });
      assertBehaviour(place, phase);
      for (const { prefix, behaviour } of phase.paths) assertBehaviour(`${place}.paths["${prefix}"]`, behaviour);
      if (phase.probe !== null) assertBehaviour(`${place}.probe`, phase.probe);
    }
  }
  for (const [r, request] of script.requests.entries()) {
    const place = `requests[${r}].`;
    const { atUs, holdUs, abortUs, patienceUs } = request;
    assertTimes(place, { at_ms: atUs, hold_ms: holdUs, abort_ms: abortUs, client_timeout_ms: patienceUs });
    const mistake = mistakeIn(request);
    if (mistake !== null) fail(`${place}${mistake.key}`, mistake.expected);
  }
}

function mistakeIn(request: CaseRequest): { readonly key: string; readonly expected: string } | null {
  if (!isWithin(request.listener, 0, 2)) return { key: "to", expected: '"listen", "listen2" or "listen3"' };
  if (!isWithin(request.bodyBytes, 0, Number.MAX_SAFE_INTEGER))
    return { key: "body_bytes", expected: "a whole number of 0 or more" };
  if (!request.path.startsWith("/")) return { key: "path", expected: "a path that begins with /" };
  return null;
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
