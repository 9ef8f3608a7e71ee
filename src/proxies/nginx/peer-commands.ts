import type { PeerList } from "./peer-list.ts";

/**
 * An administrator's command as the API of NGINX Plus knows it: "down", "up", "drain", "weight=3", "max_conns=5",
 * "max_fails=2", "fail_timeout=10".
 *
 * @throws RangeError for a word that it doesn't know.
 */
export function operatePeer(list: PeerList, peer: number, command: string): void {
  const [word = "", value = ""] = command.trim().split("=");
  const number = Number(value);
  const isNumber = value !== "" && Number.isInteger(number) && number >= 0;
  if (word === "down" || word === "up" || word === "drain") {
    list.down[peer] = word === "down" ? 1 : 0;
    list.drain[peer] = word === "drain" ? 1 : 0;
  } else if (word === "weight" && isNumber && number > 0) {
    list.weight[peer] = number;
    list.effectiveWeight[peer] = number;
  } else if (word === "max_conns" && isNumber) list.maxConns[peer] = number;
  else if (word === "max_fails" && isNumber) list.maxFails[peer] = number;
  else if (word === "fail_timeout" && isNumber) list.failTimeoutS[peer] = number;
  else
    throw new RangeError(
      `nginx knows no command "${command}": up, down, drain, weight=N, max_conns=N, max_fails=N, fail_timeout=N`,
    );
  list.recount();
}
