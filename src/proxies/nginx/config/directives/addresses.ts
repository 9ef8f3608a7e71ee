import type { Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { canResolve } from "../parse-address.ts";
import { parseNetwork } from "../parse-network.ts";

/** Source: ngx_http_realip_from, nginx 1.22.1. */
const setRealIpFrom: Handler = ({ reader, node, args }) => {
  const [text = ""] = args;
  if (text === "unix:") return undefined;
  const parsed = parseNetwork(text);
  if (parsed?.hasLowBits) reader.warn(node, `low address bits of ${text} are meaningless`);
  if (parsed === null && !canResolve({ host: text, port: 0, noPort: true, uri: "", family: "name" })) {
    throw refuse(node, `host not found in set_real_ip_from "${text}"`, 1);
  }
  return undefined;
};

const once: Handler = ({ scope, node }) => (scope.has(node.words[0]?.text ?? "") ? "is duplicate" : undefined);

/** Source: ngx_http_access_rule, nginx 1.22.1. */
const access: Handler = ({ reader, node, args }) => {
  const [text = ""] = args;
  if (text === "all" || text === "unix:") return undefined;
  const parsed = parseNetwork(text);
  if (parsed === null) throw refuse(node, `invalid parameter "${text}"`, 1);
  if (parsed.hasLowBits) reader.warn(node, `low address bits of ${text} are meaningless`);
  return undefined;
};

export const ADDRESSES: readonly (readonly [string, Handler])[] = [
  ["set_real_ip_from", setRealIpFrom],
  ["real_ip_header", once],
  ["allow", access],
  ["deny", access],
];
