import { bybusyness } from "./bybusyness.ts";
import { byrequests } from "./byrequests.ts";
import { bytraffic } from "./bytraffic.ts";
import { heartbeat } from "./heartbeat.ts";
import type { LbMethod } from "./lb-method.ts";

/** All methods; adding one = a file and a line here. */
export const LB_METHODS: readonly LbMethod[] = [byrequests, bytraffic, bybusyness, heartbeat];

/** The method of this name. Throws RangeError when there is none. */
export function lbmethodNamed(name: string): LbMethod {
  const method = LB_METHODS.find((candidate) => candidate.name === name);
  if (method === undefined) throw new RangeError(`unknown lbmethod ${name}`);
  return method;
}
