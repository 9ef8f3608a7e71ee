import { type DirectiveNode, lastWord } from "./directive-node.ts";
import { parseDurationUs, parseInteger } from "./go-numbers.ts";
import { DEFAULT_TRANSPORT, type ProxyDraft } from "./proxy-draft.ts";
import { refuse, refuseArgument } from "./token.ts";
import { durationUs, integer, noMore, oneWord } from "./words-of.ts";

type Reader = (draft: NonNullable<ProxyDraft["transport"]>, node: DirectiveNode) => void;

const IGNORED: readonly string[] = [
  "read_buffer",
  "write_buffer",
  "max_response_header",
  "resolvers",
  "tls_client_auth",
  "tls_insecure_skip_verify",
  "tls_trusted_ca_certs",
  "tls_server_name",
  "tls_renegotiation",
  "tls_except_ports",
  "versions",
  "compression",
];

const READERS: Readonly<Record<string, Reader>> = {
  dial_timeout: (draft, node) => {
    // 0 is "not set" and gets the default.
    draft.dialTimeoutUs = durationUs(node, "bad timeout value", true) || DEFAULT_TRANSPORT.dialTimeoutUs;
  },
  response_header_timeout: (draft, node) => {
    draft.responseHeaderTimeoutUs = durationUs(node, "bad timeout value", true);
  },
  read_timeout: (draft, node) => {
    draft.readTimeoutUs = durationUs(node, "invalid read timeout duration", true);
  },
  write_timeout: (draft, node) => {
    draft.writeTimeoutUs = durationUs(node, "invalid write timeout duration", true);
  },
  dial_fallback_delay: (_draft, node) => void durationUs(node, "bad fallback delay value", true),
  expect_continue_timeout: (_draft, node) => void durationUs(node, "bad timeout value", true),
  tls_timeout: (draft, node) => {
    durationUs(node, "bad timeout value", true);
    draft.tls = true;
  },
  tls: (draft) => {
    draft.tls = true;
  },
  keepalive: (draft, node) => {
    const word = oneWord(node);
    noMore(node, 1);
    if (word.text === "off") {
      draft.keepAlive = false;
      return;
    }
    const value = parseDurationUs(word.text);
    if (typeof value === "string") throw refuse(word, `bad duration value '${word.text}': ${value}`);
    draft.idleTimeoutUs = value;
  },
  keepalive_interval: (_draft, node) => void durationUs(node, "bad interval value", true),
  keepalive_idle_conns: (_draft, node) => void integer(node, "bad integer value"),
  keepalive_idle_conns_per_host: (draft, node) => {
    draft.idlePerHost = integer(node, "bad integer value");
  },
  max_conns_per_host: (draft, node) => {
    draft.maxConnectionsPerHost = integer(node, "bad integer value");
  },
};

/** `transport http { … }` (reverseproxy/caddyfile.go, HTTPTransport.UnmarshalCaddyfile, Caddy 2.6.2). */
export function readTransport(draft: ProxyDraft, node: DirectiveNode): void {
  const name = oneWord(node);
  if (draft.transport !== null) throw refuse(name, "transport already specified");
  draft.transport = { ...DEFAULT_TRANSPORT };
  if (name.text === "fastcgi") return;
  if (name.text !== "http") {
    const id = `http.reverse_proxy.transport.${name.text}`;
    throw refuse(name, `getting module named '${id}': module not registered: ${id}`);
  }
  for (const sub of node.block ?? []) {
    const reader = Object.hasOwn(READERS, sub.name.text) ? READERS[sub.name.text] : undefined;
    if (reader !== undefined) reader(draft.transport, sub);
    else if (!IGNORED.includes(sub.name.text)) throw refuse(sub.name, `unrecognized subdirective ${sub.name.text}`);
    else checkIgnored(draft.transport, sub);
  }
}

function checkIgnored(draft: NonNullable<ProxyDraft["transport"]>, node: DirectiveNode): void {
  const { text } = node.name;
  if (text === "tls_insecure_skip_verify" || text === "compression") return;
  if (node.args.length === 0)
    throw text === "resolvers"
      ? refuse(node.name, "must specify at least one resolver address")
      : refuseArgument(lastWord(node));
  if (text.startsWith("tls_")) draft.tls = true;
  if (text === "tls_server_name" || text === "tls_renegotiation") noMore(node, 1);
}

/** Whether a word is a whole number: `flush_interval -1`. */
export function isInteger(text: string): boolean {
  return typeof parseInteger(text) === "number";
}
