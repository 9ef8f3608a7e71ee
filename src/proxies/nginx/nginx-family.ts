import type { ProxyFamily, ReadHost, ReadOptions } from "../../contract/proxy-family.ts";
import type { MachineContext, ProxyMachine } from "../../contract/proxy-machine.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { readNginxConf } from "./config/read-nginx-conf.ts";
import { looksLikeNginxConf } from "./config/recognise.ts";
import { LB_METHODS } from "./lbmethods/index.ts";
import { NginxMachine } from "./nginx-machine.ts";

/** nginx with ngx_http_proxy_module and its upstreams (spec: nginx 1.22.1; NGINX Plus where the file uses it). */
export const NGINX: ProxyFamily<NginxConfig> = {
  name: "nginx",
  version: "1.22.1",
  behaviourRevision: 1,
  lbmethods: LB_METHODS.map(({ name, describe }) => ({ name, describe })),
  diagnostics: [],
  memberOff: "down",
  recognises: looksLikeNginxConf,

  read(fileName: string, text: string, host: ReadHost, options: ReadOptions) {
    return readNginxConf(fileName, text, host, options);
  },

  readRecorded(fileName: string, text: string, host: ReadHost) {
    return readNginxConf(fileName, text, host, {}, true);
  },

  facts() {
    throw new Error("later");
  },

  editor() {
    throw new Error("later");
  },

  build(config: NginxConfig, context: MachineContext): ProxyMachine {
    return new NginxMachine(config, context);
  },

  managerRows() {
    return [];
  },
};
