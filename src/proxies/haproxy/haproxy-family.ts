import type { ProxyFamily, ReadHost, ReadOptions } from "../../contract/proxy-family.ts";
import type { MachineContext, ProxyMachine } from "../../contract/proxy-machine.ts";
import { haproxyIntent } from "./balancing-intent.ts";
import type { HaproxyConfig } from "./config/haproxy-config.ts";
import { readHaproxyCfg, readRecordedCfg } from "./config/read-haproxy-cfg.ts";
import { looksLikeHaproxyCfg } from "./config/recognise.ts";
import { editHaproxyCfg } from "./config-editor/index.ts";
import { DIAGNOSTICS } from "./diagnostics/index.ts";
import { HaproxyMachine } from "./haproxy-machine.ts";
import { LBMETHODS } from "./lbmethods/index.ts";
import { proxyFactsOf } from "./proxy-facts.ts";
import { writeHaproxyCfg } from "./write-configuration.ts";

/** HAProxy in mode http (spec: HAProxy 2.6.12). */
export const HAPROXY: ProxyFamily<HaproxyConfig> = {
  name: "haproxy",
  version: "2.6.12",
  behaviourRevision: 1,
  lbmethods: LBMETHODS,
  diagnostics: DIAGNOSTICS,
  memberOff: "disabled=true",
  recordsRefusedTries: false,

  recognises: looksLikeHaproxyCfg,

  read(fileName: string, text: string, host: ReadHost, options: ReadOptions) {
    return readHaproxyCfg(fileName, text, host, options);
  },

  readRecorded(fileName: string, text: string, host: ReadHost) {
    return readRecordedCfg(fileName, text, host);
  },

  facts(config: HaproxyConfig) {
    return proxyFactsOf(config);
  },

  editor(config: HaproxyConfig) {
    return { set: (text, target, key, value) => editHaproxyCfg(text, config, target, key, value) };
  },

  intent: haproxyIntent,
  write: writeHaproxyCfg,

  build(config: HaproxyConfig, context: MachineContext): ProxyMachine {
    return new HaproxyMachine(config, context);
  },

  managerRows() {
    return [];
  },
};
