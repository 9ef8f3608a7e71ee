import type { ProxyFamily, ReadHost, ReadOptions } from "../../contract/proxy-family.ts";
import type { MachineContext, ProxyMachine } from "../../contract/proxy-machine.ts";
import { nginxIntent } from "./balancing-intent.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { readNginxConf } from "./config/read-nginx-conf.ts";
import { looksLikeNginxConf } from "./config/recognise.ts";
import { editNginxConf, settingKeys } from "./config-editor/index.ts";
import { DIAGNOSTICS } from "./diagnostics/index.ts";
import { LB_METHODS } from "./lbmethods/index.ts";
import { NginxMachine } from "./nginx-machine.ts";
import { proxyFactsOf } from "./proxy-facts.ts";
import { writeNginxConf } from "./write-configuration.ts";

/** nginx with ngx_http_proxy_module and its upstreams (spec: nginx 1.22.1; NGINX Plus where the file uses it). */
export const NGINX: ProxyFamily<NginxConfig> = {
  name: "nginx",
  version: "1.22.1",
  behaviourRevision: 1,
  lbmethods: LB_METHODS.map(({ name, describe }) => ({ name, describe })),
  diagnostics: DIAGNOSTICS,
  memberOff: "down=on",
  recognises: looksLikeNginxConf,

  read(fileName: string, text: string, host: ReadHost, options: ReadOptions) {
    return readNginxConf(fileName, text, host, options);
  },

  readRecorded(fileName: string, text: string, host: ReadHost) {
    return readNginxConf(fileName, text, host, {}, true);
  },

  facts(config: NginxConfig) {
    return proxyFactsOf(config);
  },

  editor(config: NginxConfig) {
    return { keys: settingKeys, set: (text, target, key, value) => editNginxConf(text, config, target, key, value) };
  },

  /** As `worker_processes` would have it. */
  withProcesses(config: NginxConfig, workerProcesses: number): NginxConfig {
    return { ...config, workerProcesses };
  },

  intent: nginxIntent,
  write: writeNginxConf,

  build(config: NginxConfig, context: MachineContext): ProxyMachine {
    return new NginxMachine(config, context);
  },

  /** Open-source nginx has no status page of its upstreams, so recordings hold none. */
  managerRows() {
    return [];
  },
};
