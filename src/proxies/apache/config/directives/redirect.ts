import { patternOf } from "../../pattern.ts";
import { redirectComplaint, redirectStatus } from "../argument-checks/proxying.ts";
import { nodePosition } from "../directive-node.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

/** Redirect and its kin. At server level they act; in a section they would stand above ProxyPass, which lbsim does not follow. */
function redirect(call: Call): void {
  const complaint = redirectComplaint(call);
  if (complaint !== null) refuse(call, complaint);
  const { context, known } = call;
  const own = { RedirectTemp: 302, RedirectPermanent: 301 }[known.name] ?? 302;
  const [first = "", ...more] = call.words.map(({ text }) => text);
  const { status, known: hasStatus } = redirectStatus(first, own);
  const [from = "", url] = hasStatus === 0 ? [first, more[0]] : more;
  const isMatch = known.name === "RedirectMatch";
  if (context.path !== null || (isMatch && patternOf(from, "") === null)) {
    passOver(call, "unmodelled");
    return;
  }
  context.server.redirects.push({
    match: isMatch ? { kind: "regex", source: from } : { kind: "prefix", path: from },
    status,
    url: url ?? null,
    position: nodePosition(call.node),
  });
}

export const REDIRECT: HandlerTable = [
  ["redirect", redirect],
  ["redirectmatch", redirect],
  ["redirecttemp", redirect],
  ["redirectpermanent", redirect],
];
