import { hasBackend, type ProxyDraft, type ServerDraft, typeWord } from "./drafts.ts";
import type { Reader } from "./reader.ts";
import { isBrokenAddress } from "./server-address.ts";
import { trackNames } from "./server-resolver.ts";

/** Two servers of one name, unless both have ids of their own. */
export function duplicateNames(reader: Reader, proxy: ProxyDraft): void {
  for (const [i, server] of proxy.servers.entries()) {
    if (server.id !== null) continue;
    const same = proxy.servers.slice(0, i).filter((each) => each.id === null && each.name === server.name);
    for (const other of same.slice(0, 1)) {
      const { file, line } = server.position;
      reader.report.alert(
        `parsing [${file}:${line}] : ${typeWord(proxy)} '${proxy.name}', another server named '${server.name}' was already defined at line ${other.line}, please use distinct names.`,
        server.position,
      );
    }
  }
}

/** `track` must lead to a server that is checked. Source: HAProxy 2.6.12 src/server.c, srv_apply_track. */
export function tracking(reader: Reader, proxy: ProxyDraft): void {
  for (const server of proxy.servers) {
    if (server.track === null) continue;
    const [backend, name] = trackNames(server.track, proxy);
    const { file, line } = server.position;
    const who = `[${file}:${line}] : 'server ${proxy.name}/${server.name}' : `;
    const owner = reader.proxies.find((each) => each.name === backend && hasBackend(each));
    const target = owner?.servers.find((each) => each.name === name);
    if (owner === undefined) {
      reader.report.alert(`${who}unable to find required proxy '${backend}' for tracking.`, server.position);
    } else if (target === undefined) {
      reader.report.alert(`${who}unable to find required server '${name}' for tracking.`, server.position);
    } else if (!target.checkSettings.enabled && !target.agentSettings.enabled && target.track === null) {
      reader.report.alert(
        `${who}unable to use ${backend}/${name} for tracking as it does not have any check nor agent enabled.`,
        server.position,
      );
    } else if (loopsBack(server, proxy, reader)) {
      const own = `${proxy.name}/${server.name}`;
      reader.report.alert(
        `${who}unable to track ${backend}/${name} as it belongs to a tracking chain looping back to ${own}.`,
        server.position,
      );
    }
  }
}

/** Whether who tracks whom leads back to a server. */
function loopsBack(server: ServerDraft, proxy: ProxyDraft, { proxies }: Reader): boolean {
  let [at, owner] = [server, proxy];
  for (let steps = 0; at.track !== null && steps < 100; steps++) {
    const [backend, name] = trackNames(at.track, owner);
    const next = proxies.find((each) => each.name === backend && hasBackend(each));
    const target = next?.servers.find((each) => each.name === name);
    if (next === undefined || target === undefined) return false;
    if (target === server) return true;
    [at, owner] = [target, next];
  }
  return false;
}

/** What is looked at after all sections: resolvers that are missing, checks without a port, TLS without a CA. */
export function checkServers(reader: Reader): void {
  const { report, global } = reader;
  const backends = reader.proxies.filter((each) => hasBackend(each) && !each.settings.disabled);
  for (const proxy of backends) {
    for (const server of proxy.servers) {
      if (!server.ssl || server.verify === "none" || server.hasCaFile || !global.verifyServers) continue;
      const { file, line } = server.position;
      report.alert(
        `[${file}:${line}] : 'server ${proxy.name}/${server.name}' : verify is enabled by default but no CA file specified. If you're running on a LAN where you're certain to trust the server's certificate, please set an explicit 'verify none' statement on the 'server' line, or use 'ssl-server-verify none' in the global section to disable server-side verifications by default.`,
        server.position,
      );
    }
  }
  for (const proxy of backends) {
    for (const server of proxy.servers) {
      if (server.resolvers === null || reader.resolvers.has(server.resolvers)) continue;
      report.alert(
        `backend '${proxy.name}', server '${server.name}': unable to find required resolvers '${server.resolvers}'`,
        server.position,
      );
    }
  }
  for (const proxy of backends) {
    for (const server of proxy.servers) {
      const { enabled, port } = server.checkSettings;
      if (!enabled || server.port !== null || (port !== null && port !== 0)) continue;
      report.alert(
        `config: ${typeWord(proxy)} '${proxy.name}': server '${server.name}' has neither service port nor check port.`,
        server.position,
      );
    }
  }
}

/** Addresses that nobody can resolve. Names are taken to resolve; `init-addr … none` lets HAProxy start without. */
export function checkAddresses(reader: Reader): void {
  const { report } = reader;
  for (const proxy of reader.proxies) {
    for (const server of hasBackend(proxy) ? proxy.servers : []) {
      if (!isBrokenAddress(server.host) || server.initAddr.includes("none")) continue;
      const { file, line } = server.position;
      report.alert(
        `[${file}:${line}] : 'server ${proxy.name}/${server.name}' : could not resolve address '${server.host}'.`,
        server.position,
      );
    }
  }
  const [first] = report.alerts.slice(-1);
  if (report.fatal > 0 && first !== undefined) report.alert("Failed to initialize server(s) addr.", first.position);
}
