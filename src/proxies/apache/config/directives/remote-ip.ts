import { networkOf } from "../../ip-network.ts";
import { trustedProxies } from "../argument-checks/proxying.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

function header(call: Call): void {
  call.context.server.remoteHeader = call.words[0]?.text ?? "";
}

/** Addresses whose word is taken. Names are not looked up: a rule that gives one is passed over. */
function proxies(internal: boolean) {
  return (call: Call): void => {
    const complaint = trustedProxies(call);
    if (complaint !== null) refuse(call, complaint);
    for (const { text } of call.words) {
      const address = text.replace(/\/.*$/s, "");
      if (/^[\d.]+$/.test(address) || address.includes(":")) {
        call.context.server.trustedProxies.push({ network: networkOf(text), internal });
      } else passOver(call, "unmodelled");
    }
  };
}

export const REMOTE_IP: HandlerTable = [
  ["remoteipheader", header],
  ["remoteipinternalproxy", proxies(true)],
  ["remoteiptrustedproxy", proxies(false)],
];
