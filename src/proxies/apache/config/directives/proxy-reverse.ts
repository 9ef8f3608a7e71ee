import { nodePosition } from "../directive-node.ts";
import { type Call, FILE_SECTIONS, type HandlerTable, passOver, refuse, refuseInside } from "./call.ts";

/** ProxyPassReverse PATH URL, or URL alone inside a <Location>. */
function reverse(call: Call): void {
  refuseInside(call, FILE_SECTIONS);
  const { path, kind, server, isRegex } = call.context;
  const [first = "", second] = call.words.map((word) => word.text);
  const hasPath = second !== undefined && second.toLowerCase() !== "interpolate";
  if (path === null && !hasPath) refuse(call, "ProxyPassReverse needs a path when not defined in a location");
  if (path !== null && hasPath) refuse(call, "ProxyPassReverse can not have a path when defined in a location");
  if (kind === "proxy" || isRegex) {
    passOver(call, "unmodelled");
    return;
  }
  const position = nodePosition(call.node);
  server.reverse.push(path === null ? { path: first, url: second ?? "", position } : { path, url: first, position });
}

function cookieRewrite(attribute: "path" | "domain") {
  return (call: Call): void => {
    const [from = "", to = ""] = call.words.map((word) => word.text);
    if (call.context.kind === "proxy" || call.context.kind === "other") passOver(call, "unmodelled");
    else call.context.server.cookieRewrites.push({ attribute, from, to });
  };
}

export const PROXY_REVERSE: HandlerTable = [
  ["proxypassreverse", reverse],
  ["proxypassreversecookiepath", cookieRewrite("path")],
  ["proxypassreversecookiedomain", cookieRewrite("domain")],
];
