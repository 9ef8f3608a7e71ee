import type { Decision } from "../../contract/decision.ts";
import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import type { RequestIdentity } from "../../model/world-listener.ts";

/** Follows single requests through driver, world and machine, beside the recorder's counting. Calls come in time order. */
export interface ReplicationWatch {
  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void;
  decided(decision: Decision): void;
  attemptStarted(request: number, attempt: number, member: number): void;
  attemptEnded(request: number, attempt: number, status: number, failure: number): void;
  sessionChecked(request: number, found: boolean): void;
  sessionLost(nowUs: number, sessionSlot: number, cause: number): void;
  requestFinished(nowUs: number, request: number, outcome: number, status: number): void;
  faultChanged?(nowUs: number): void;
  memberChanged?(nowUs: number): void;
  /** An event is over, and nothing else happens before the next. A watch that asks for it makes the run slower. */
  settled?(nowUs: number, machine: ProxyMachine): void;
}
