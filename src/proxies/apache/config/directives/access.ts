import { readWords } from "../words.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

function order(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (!["allow,deny", "deny,allow", "mutual-failure"].includes(value)) refuse(call, "unknown order");
  passOver(call, "ignored");
}

function allowDeny(call: Call): void {
  const [from, ...hosts] = call.words;
  for (const host of hosts) {
    if (from?.text.toLowerCase() !== "from") refuse(call, "allow and deny must be followed by 'from'", from);
    if (host.text.startsWith("#")) refuse(call, "No comments are allowed here", host);
  }
  passOver(call, "ignored");
}

function satisfy(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (value !== "all" && value !== "any") refuse(call, "Satisfy either 'any' or 'all'.");
  passOver(call, "ignored");
}

const PROVIDERS = new Map([
  ["all", "authz_core"],
  ["env", "authz_core"],
  ["method", "authz_core"],
  ["expr", "authz_core"],
  ["ip", "authz_host"],
  ["host", "authz_host"],
  ["forward-dns", "authz_host"],
  ["local", "authz_host"],
  ["user", "authz_user"],
  ["valid-user", "authz_user"],
  ["group", "authz_groupfile"],
  ["file-group", "authz_owner"],
  ["file-owner", "authz_owner"],
]);

/** Require: only what httpd refuses; who is let in does not bear on balancing. */
function require(call: Call): void {
  const words = readWords(call.node.args).map((word) => word.text);
  if (words[0]?.toLowerCase() === "not") words.shift();
  const [provider = "", ...values] = words;
  const module = PROVIDERS.get(provider.toLowerCase());
  const foreign = call.reader.modules.foreign().length > 0 || /^(?:ldap|db[dm])-|^oauth|^claim/.test(provider);
  if (provider === "") refuse(call, `${call.known.name} directive has no args`);
  if ((module === undefined && !foreign) || (module !== undefined && !call.reader.modules.has(module))) {
    refuse(call, `Unknown Authz provider: ${provider}`);
  }
  if (provider === "all" && !["granted", "denied"].includes(values.join(" ").toLowerCase())) {
    refuse(call, "Argument for 'Require all' must be 'granted' or 'denied'");
  }
  if (provider === "ip" && values[0]?.startsWith("#")) {
    refuse(call, `ip address '${values[0]}' appears to be invalid`);
  }
  passOver(call, "ignored");
}

export const ACCESS: HandlerTable = [
  ["order", order],
  ["allow", allowDeny],
  ["deny", allowDeny],
  ["satisfy", satisfy],
  ["require", require],
];
