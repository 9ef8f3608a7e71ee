import type { Balancer } from "./balancer.ts";
import { flagOfLetter } from "./worker-status.ts";

/** Plain words for what people do most. */
const WORDS: Readonly<Record<string, string>> = {
  disable: "+D",
  stop: "+S",
  drain: "+N",
  enable: "-DSN",
};

/**
 * Carries out what an administrator enters in the balancer-manager (spec/apache.md 16; httpd: balancer_process_balancer_worker):
 * `status=+D`, `status=-D+N` (or the bare flags), `loadfactor=3`, `lbset=1`, `route=x`, `redirect=y`; also `disable`,
 * `enable`, `stop`, `drain`. Throws RangeError for anything else.
 */
export function operateMember(balancer: Balancer, m: number, nowUs: number, command: string): void {
  const text = WORDS[command] ?? command;
  const at = text.indexOf("=");
  const key = at < 0 ? "status" : text.slice(0, at).toLowerCase();
  const value = at < 0 ? text : text.slice(at + 1);
  switch (key) {
    case "status":
      if (at < 0 && !/^[+-]/.test(value)) throw new RangeError(`unknown command ${command}`);
      setStatus(balancer, m, nowUs, value);
      return;
    case "loadfactor":
      setLoadFactor(balancer, m, value);
      return;
    case "lbset": {
      const set = Number(value);
      if (!Number.isInteger(set) || set < 0 || set > 99) throw new RangeError("lbset must be between 0 and 99");
      balancer.slots.lbset[m] = set;
      balancer.recount();
      return;
    }
    case "route":
      balancer.routes[m] = value;
      balancer.routeVersion++;
      return;
    case "redirect":
      balancer.redirects[m] = value;
      return;
    default:
      throw new RangeError(`unknown command ${command}`);
  }
}

function setStatus(balancer: Balancer, m: number, nowUs: number, letters: string): void {
  let set = 0;
  let clear = 0;
  let adds = true;
  for (const letter of letters) {
    if (letter === "+" || letter === "-") {
      adds = letter === "+";
      continue;
    }
    const flag = flagOfLetter(letter);
    if (flag === 0) throw new RangeError(`Unknown status parameter option ${letter}`);
    set = adds ? set | flag : set & ~flag;
    clear = adds ? clear & ~flag : clear | flag;
  }
  balancer.setFlags(nowUs, m, set, clear);
}

/** Every member begins anew with its factor as lbstatus; a single member always has 100 (httpd: recalc_factors). */
function setLoadFactor(balancer: Balancer, m: number, value: string): void {
  const factor = Math.trunc(Number(value) * 100);
  if (!(factor >= 100 && factor <= 10_000)) throw new RangeError("LoadFactor must be a number between 1..100");
  const { slots } = balancer;
  slots.factor[m] = slots.count === 1 ? 100 : factor;
  for (let i = 0; i < slots.count; i++) slots.lbstatus[i] = slots.factor[i] as number;
  balancer.recount();
}
