import type { ProxyFamily, ReadHost } from "../../contract/proxy-family.ts";
import type { MachineContext, ProxyMachine } from "../../contract/proxy-machine.ts";
import { caddyIntent } from "./balancing-intent.ts";
import { CaddyMachine } from "./caddy-machine.ts";
import type { CaddyConfig } from "./config/caddy-config.ts";
import { readCaddyfile } from "./config/read-caddyfile.ts";
import { readCaddyJson } from "./config/read-json.ts";
import { looksLikeCaddy } from "./config/recognise.ts";
import { editCaddyfile, SETTING_KEYS } from "./config-editor/edit-caddyfile.ts";
import { DIAGNOSTICS } from "./diagnostics/index.ts";
import { POLICIES } from "./lbmethods/index.ts";
import { proxyFactsOf } from "./proxy-facts.ts";
import { writeCaddyfile } from "./write-configuration.ts";

function readConfiguration(file: string, text: string, host: ReadHost) {
  return /^\s*\{\s*"/.test(text) ? readCaddyJson(file, text, host) : readCaddyfile(file, text, host);
}

/** Caddy with its reverse_proxy handler (spec: Caddy 2.6.2). */
export const CADDY: ProxyFamily<CaddyConfig> = {
  name: "caddy",
  version: "2.6.2",
  behaviourRevision: 1,
  lbmethods: POLICIES.map(({ name, describe }) => ({ name, describe })),
  diagnostics: DIAGNOSTICS,

  recognises: looksLikeCaddy,

  read(fileName: string, text: string, host: ReadHost) {
    return readConfiguration(fileName, text, host);
  },

  readRecorded(fileName: string, text: string, host: ReadHost) {
    return readConfiguration(fileName, text, host);
  },

  facts(config: CaddyConfig) {
    return proxyFactsOf(config);
  },

  editor(config: CaddyConfig) {
    return {
      keys: () => SETTING_KEYS,
      set: (text, target, key, value) => editCaddyfile(text, config, target, key, value),
    };
  },

  intent: caddyIntent,
  write: writeCaddyfile,

  build(config: CaddyConfig, context: MachineContext): ProxyMachine {
    return new CaddyMachine(config, context);
  },

  managerRows() {
    return [];
  },
};
