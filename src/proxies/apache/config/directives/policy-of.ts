import type { PolicyDraft } from "../policy.ts";
import { type Call, passOver } from "./call.ts";

/**
 * Where a directive about requests is kept: with its server, its section, or the section for every request. Null when it
 * acts on requests that lbsim does not tell apart; it is passed over then.
 */
export function policyOf(call: Call): PolicyDraft | null {
  const { path, section, kind, reach, server } = call.context;
  if (path === null && kind === "server") return server.policy;
  if (section !== null) return section.policy;
  if (kind === "location" && reach === "server") return server.rootPolicy;
  // Files and folders are not what balancers are about.
  passOver(call, isAboutFiles(call) ? "ignored" : "unmodelled");
  return null;
}

export function isAboutFiles(call: Call): boolean {
  for (let n = call.node.parent; n !== null; n = n.parent) {
    if (/^<(?:files|directory)/i.test(n.name)) return true;
  }
  return false;
}
