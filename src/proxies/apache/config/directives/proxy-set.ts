import { applyBalancerParameter } from "../balancer-parameters.ts";
import { nodePosition } from "../directive-node.ts";
import type { BalancerDraft, WorkerDraft } from "../drafts.ts";
import { applyMemberParameter, newWorkerDraft } from "../member-parameters.ts";
import { readWord, readWords, type Word } from "../words.ts";
import { findWorker, parseBalancerUrl, parseWorkerUrl } from "../worker-url.ts";
import { defineBalancer, findBalancer } from "./balancer-lookup.ts";
import { type Call, type HandlerTable, refuse } from "./call.ts";
import { asParameter, recordParameter } from "./proxy-parameters.ts";

type Target = { readonly balancer: BalancerDraft } | { readonly worker: WorkerDraft };

/** ProxySet inside <Proxy NAME>, or with the name as its first word. Parameters act one after the other. */
function proxySet(call: Call): void {
  const { parent } = call.node;
  const section = parent?.name.toLowerCase().startsWith("<proxy") ? parent : null;
  const inSection = section !== null;
  const first = readWord(section?.args ?? call.node.args, 0);
  const name = inSection ? first.word.text.replace(/>.*$/s, "") : first.word.text;
  const target =
    parseBalancerUrl(name) === null ? workerNamed(call, name, inSection) : balancerNamed(call, name, inSection);
  for (const word of readWords(call.node.args, inSection ? 0 : first.next))
    setOn(call, target, name, word, "ProxySet: ");
}

/** Sets one `key=value` on a balancer or worker; `prefix` begins httpd's complaint. */
function setOn(call: Call, target: Target, name: string, word: Word, prefix: string): void {
  const parameter = asParameter(word);
  if (parameter === null) {
    const directive = call.known.name.replace("<", "");
    refuse(call, `Invalid ${directive} parameter. Parameter must be in the form 'key=value'`, word);
  }
  const { key, value } = parameter;
  const complaint =
    "balancer" in target
      ? applyBalancerParameter(call.reader, target.balancer.settings, key, value)
      : applyMemberParameter(call.reader, target.worker, key, value);
  if (complaint !== null) refuse(call, `${prefix}${complaint} ${key}=${value}; ${name}`, word);
  if ("balancer" in target) recordParameter(call, "balancer", target.balancer, parameter);
  else recordParameter(call, "worker", target.worker, parameter);
}

function balancerNamed(call: Call, name: string, inSection: boolean): Target {
  const found = findBalancer(call.context.server, name);
  if (found !== null) {
    if (inSection) found.defined = true;
    return { balancer: found };
  }
  if (!inSection) refuse(call, `ProxySet can not find '${name}' Balancer.`);
  const balancer = defineBalancer(call, name, true);
  if (typeof balancer === "string") refuse(call, `ProxySet ${balancer}`);
  return { balancer };
}

function workerNamed(call: Call, name: string, inSection: boolean): Target {
  const { server } = call.context;
  const parsed = parseWorkerUrl(name);
  const found = typeof parsed === "string" ? null : findWorker(server.workers, parsed);
  if (found !== null) return { worker: found };
  if (!inSection) refuse(call, `ProxySet can not find '${name}' Worker.`);
  if (typeof parsed === "string") refuse(call, `ProxySet ${parsed}`);
  const worker = newWorkerDraft(parsed, nodePosition(call.node));
  server.workers.push(worker);
  return { worker };
}

/** Parameters behind the name in `<Proxy NAME key=value …>`; they act after what stands inside. */
export function sectionParameters(call: Call, name: string, words: readonly Word[]): void {
  const target = parseBalancerUrl(name) === null ? workerNamed(call, name, true) : balancerNamed(call, name, true);
  for (const word of words) setOn(call, target, name, word, `${call.known.name} `);
}

export const PROXY_SET: HandlerTable = [["proxyset", proxySet]];
