import type { ReadHost, Reading, ReadOptions } from "../../../contract/proxy-family.ts";
import { diagnose } from "../diagnostics/index.ts";
import { hintForRefusal } from "../diagnostics/refusal-hints.ts";
import { assembleServers, listeningSockets } from "./assemble-servers.ts";
import { assembleUpstreams } from "./assemble-upstreams.ts";
import { ConfError, refuseNowhere } from "./conf-error.ts";
import { type ConfNode, nameOf } from "./conf-node.ts";
import { allDrafts } from "./drafts.ts";
import {
  checkBuffers,
  checkCertificates,
  checkConnections,
  checkMatches,
  checkVariables,
  checkZones,
} from "./final-checks.ts";
import { healthChecksOf } from "./health-checks.ts";
import type { NginxConfig } from "./nginx-config.ts";
import { parseConf } from "./parse-conf.ts";
import { Reader } from "./reader.ts";
import { Scope } from "./scope.ts";
import { isOn } from "./scope-values.ts";
import { parseNumber } from "./unit-values.ts";
import { upstreamsOfVariables } from "./variable-addresses.ts";
import { walk } from "./walk.ts";
import { workerProcessCount } from "./worker-processes.ts";

/** Directives by which a file shows that it is a whole nginx.conf and not a part that `http` includes. */
const WHOLE_FILE = /^(?:http|events|stream|mail|user|worker_processes|pid|load_module|daemon|master_process)$/;

/**
 * Reads an nginx.conf as nginx 1.22.1 does: directives are carried out in their order, then blocks inherit, then what is
 * left is checked. The first error ends the reading with nginx's own words. A file without `http` is read as a part of one
 * (sites-available, recordings: golden/FORMAT.md). Never throws for bad input.
 *
 * `isRecorded` = only what nginx 1.22.1 has, and a missing `events` block is the recorder's business.
 */
export function readNginxConf(
  fileName: string,
  text: string,
  host: ReadHost,
  options: ReadOptions,
  isRecorded = false,
): Reading<NginxConfig> {
  const reader = new Reader(fileName, host, options, isRecorded);
  try {
    const nodes = parseConf(fileName, text);
    const isPart = !nodes.some((node) => WHOLE_FILE.test(nameOf(node))) && nodes.some(({ error }) => error === null);
    readNodes(reader, nodes, isPart);
    const config = assemble(reader, fileName);
    if (!isRecorded) noteMissingEvents(reader, isPart, nodes, fileName);
    return {
      ...findings(reader),
      config,
      refusal: null,
      problems: [...reader.problems, ...diagnose({ config, reader })],
    };
  } catch (error) {
    if (!(error instanceof ConfError)) throw error;
    const refusal = {
      text: `${error.text}\nnginx: configuration file ${fileName} test failed`,
      at: "syntax" as const,
      position: error.position,
      hint: hintForRefusal(error.message, error.directive),
    };
    return { ...findings(reader), config: null, refusal };
  }
}

function readNodes(reader: Reader, nodes: readonly ConfNode[], isPart: boolean): void {
  const main = new Scope("M", null);
  reader.draft.mainScope = main;
  const scope = isPart ? new Scope("H", main) : main;
  walk(reader, nodes, scope, { server: null, location: null, upstream: null });
}

/** In the order in which nginx looks at things once the file has been read. */
function assemble(reader: Reader, file: string): NginxConfig {
  const { draft } = reader;
  const written = assembleUpstreams(draft.upstreams);
  const upstreams = [...written, ...upstreamsOfVariables(allDrafts(draft.servers), draft.variables, written)];
  checkBuffers(reader);
  for (const server of draft.servers) checkMatches(reader, server.root);
  checkCertificates(reader);
  checkVariables(reader);
  const servers = assembleServers(reader);
  const sockets = listeningSockets(reader, servers);
  const workerConnections = parseNumber(draft.eventsScope?.word("worker_connections") ?? "512") ?? 512;
  checkConnections(reader, workerConnections, sockets.length);
  checkZones(reader);
  const main = draft.mainScope;
  return {
    file,
    workerProcesses: workerProcessCount(main?.word("worker_processes") ?? null),
    workerConnections,
    multiAccept: draft.eventsScope !== null && isOn(draft.eventsScope, "multi_accept", false),
    masterProcess: main === null || isOn(main, "master_process", true),
    listeningSockets: sockets,
    upstreams,
    servers,
    variables: draft.variables,
    limitConnZones: draft.limitConnZones,
    limitReqZones: draft.limitReqZones,
    healthChecks: draft.servers.flatMap(({ root }) => healthChecksOf(root)),
    healthMatches: draft.healthMatches,
    hasResolver: draft.servers.some(({ scope }) => scope.uses("resolver").length > 0),
  };
}

/** nginx refuses a whole file without `events`; lbsim takes it, as the author meant it, and says so. */
function noteMissingEvents(reader: Reader, isPart: boolean, nodes: readonly ConfNode[], file: string): void {
  if (reader.draft.hasEvents) return;
  if (reader.isStrict && !isPart) throw refuseNowhere('no "events" section in configuration', null);
  const position = { file, line: nodes[0]?.line ?? 1, column: 1, length: 0 };
  if (isPart) {
    const message = "the file has no http block: read as a part of one, with nginx's defaults around it";
    reader.note(
      "part-of-configuration",
      message,
      "name the file that includes it to have its settings count",
      position,
    );
  } else {
    const problem = 'nginx refuses to start with this file alone: [emerg] no "events" section in configuration';
    reader.problems.push({
      code: "events-missing",
      severity: "warning",
      message: problem,
      hint: "add events { }",
      position,
      lacks: "an events block",
    });
  }
}

function findings(reader: Reader) {
  const { warnings, problems, passedOver } = reader;
  return { programWarnings: warnings, problems, passedOver };
}
