import { nodePosition, wordPosition } from "../directive-node.ts";
import type { BalancerDraft } from "../drafts.ts";
import { applyMemberParameter, newWorkerDraft } from "../member-parameters.ts";
import { readWords, type Word } from "../words.ts";
import { findWorker, parseWorkerUrl } from "../worker-url.ts";
import { defineBalancer, findBalancer } from "./balancer-lookup.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";
import { asParameter, type Parameter, recordParameter, setParameter } from "./proxy-parameters.ts";

/** BalancerMember [balancer://NAME] URL [key=value …]; the name comes from the section when there is one. */
function balancerMember(call: Call): void {
  const { balancerUrl, url, parameters } = splitArguments(call);
  if (balancerUrl === null) refuse(call, "BalancerMember must define balancer name when outside <Proxy > section");
  if (url === null) refuse(call, "BalancerMember must define remote proxy server");
  if (balancerUrl.startsWith("http")) {
    // A "balancer" of another scheme is accepted by httpd and can be reached by nobody.
    passOver(call, "ignored");
    return;
  }
  const balancer = balancerNamed(call, balancerUrl);
  balancer.defined = true;
  const parsed = parseWorkerUrl(url.text);
  if (typeof parsed === "string") refuse(call, `BalancerMember ${parsed}`, url);
  const known = findWorker(balancer.members, parsed);
  if (known !== null) {
    for (const { word } of parameters) {
      const text = `AH01150: Ignoring parameter '${word.text}' for worker '${known.url}' because of worker sharing`;
      call.reader.warn(`[proxy:warn] ${text}`, wordPosition(call.node, word));
    }
    call.reader.sharedMembers.push({ url: url.text, taken: known.url, position: nodePosition(call.node) });
    return;
  }
  const member = newWorkerDraft(parsed, nodePosition(call.node));
  balancer.members.push(member);
  for (const parameter of parameters) {
    const complaint = applyMemberParameter(call.reader, member, parameter.key, parameter.value);
    if (complaint !== null) refuse(call, `BalancerMember ${complaint}`, parameter.word);
    recordParameter(call, "member", member, parameter);
  }
}

function splitArguments(call: Call): { balancerUrl: string | null; url: Word | null; parameters: Parameter[] } {
  const { context } = call;
  let balancerUrl = context.path;
  let url: Word | null = null;
  const parameters: Parameter[] = [];
  for (const word of readWords(call.node.args)) {
    const parameter = asParameter(word);
    if (parameter !== null) setParameter(parameters, parameter);
    else if (balancerUrl === null) balancerUrl = word.text;
    else if (url === null) url = word;
    else if (context.path !== null) {
      refuse(call, "BalancerMember can not have a balancer name when defined in a location", word);
    } else {
      refuse(call, "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'", word);
    }
  }
  return { balancerUrl, url, parameters };
}

function balancerNamed(call: Call, url: string): BalancerDraft {
  const found = findBalancer(call.context.server, url) ?? defineBalancer(call, url, true);
  if (typeof found === "string") refuse(call, `BalancerMember ${found}`);
  return found;
}

export const BALANCER_MEMBER: HandlerTable = [["balancermember", balancerMember]];
