import type { ProxyFamily, ReadHost, ReadOptions, RecordedFacts } from "../../contract/proxy-family.ts";
import type { MachineContext, ProxyMachine } from "../../contract/proxy-machine.ts";
import { buildApacheMachine } from "./apache-machine.ts";
import { apacheIntent } from "./balancing-intent.ts";
import type { ApacheConfig, LimitsConfig } from "./config/apache-config.ts";
import { readHttpdConf } from "./config/read-httpd-conf.ts";
import { looksLikeHttpdConf } from "./config/recognise.ts";
import { editHttpdConf, settingKeys } from "./config-editor/index.ts";
import { DIAGNOSTICS } from "./diagnostics/index.ts";
import { LB_METHODS } from "./lbmethods/index.ts";
import { proxyFactsOf } from "./proxy-facts.ts";
import { recordedManagerRows } from "./recorded-manager-rows.ts";
import { writeHttpdConf } from "./write-configuration.ts";

/** The file that the recording server itself could serve. */
const RECORDED_FILES = { "/local.txt": "local file\n" };

/** Limits that the recording set where a case says nothing (golden/FORMAT.md, "Timing in saturation cases"). */
function recordedLimits(serverLimit: number): Partial<LimitsConfig> {
  return {
    startServers: serverLimit,
    serverLimit,
    threadLimit: 64,
    threadsPerChild: 64,
    maxRequestWorkers: 64 * serverLimit,
    minSpareThreads: 1,
    maxSpareThreads: 64 * serverLimit,
    asyncFactor: 4,
  };
}

/** Apache httpd with mod_proxy_balancer, event MPM (spec: httpd 2.4.71). */
export const APACHE: ProxyFamily<ApacheConfig> = {
  name: "apache",
  version: "2.4.71",
  behaviourRevision: 1,
  lbmethods: LB_METHODS.map(({ name, describe }) => ({ name, describe })),
  diagnostics: DIAGNOSTICS,
  memberOff: "status=D",

  recognises: looksLikeHttpdConf,

  read(fileName: string, text: string, host: ReadHost, options: ReadOptions) {
    return readHttpdConf(fileName, text, host, options);
  },

  readRecorded(fileName: string, text: string, host: ReadHost, facts: RecordedFacts) {
    const { omit, add, only } = facts.modules;
    const modules = only === null ? { omit: [...omit], add: [...add] } : { only: [...only] };
    const reading = readHttpdConf(
      fileName,
      text,
      host,
      { modules, missingFiles: "report-includes" },
      recordedLimits(facts.serverLimit),
    );
    if (reading.config === null) return reading;
    const listens = reading.config.listens.length === 0 ? facts.listens : reading.config.listens;
    return { ...reading, config: { ...reading.config, listens, localFiles: RECORDED_FILES } };
  },

  facts(config: ApacheConfig) {
    return proxyFactsOf(config);
  },

  editor(config: ApacheConfig) {
    return { keys: settingKeys, set: (text, target, key, value) => editHttpdConf(text, config, target, key, value) };
  },

  /** StartServers and ServerLimit, each with ThreadsPerChild threads; none is ever started or ended on the way. */
  withProcesses(config: ApacheConfig, processes: number): ApacheConfig {
    const threads = processes * config.limits.threadsPerChild;
    const fixed = { serverLimit: processes, startServers: processes };
    return {
      ...config,
      limits: { ...config.limits, ...fixed, maxRequestWorkers: threads, maxSpareThreads: threads },
    };
  },

  intent: apacheIntent,
  write: writeHttpdConf,

  build(config: ApacheConfig, context: MachineContext): ProxyMachine {
    return buildApacheMachine(config, context);
  },

  managerRows(machine: ProxyMachine, nowUs: number) {
    return recordedManagerRows(machine.snapshot(nowUs));
  },
};
