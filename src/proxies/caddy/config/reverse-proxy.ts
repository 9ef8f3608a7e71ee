import type { Matcher } from "./caddy-config.ts";
import { type DirectiveNode, lastWord } from "./directive-node.ts";
import { parseDurationUs } from "./go-numbers.ts";
import { goPattern } from "./go-pattern.ts";
import { headerOperation } from "./header-operations.ts";
import { nestedMatchers, PRIVATE_RANGES } from "./matchers.ts";
import { readPolicy } from "./policy.ts";
import { ProxyDraft } from "./proxy-draft.ts";
import { Refused } from "./refused.ts";
import { type RouteReader, readHandleResponse, readResponseMatcher, replaceStatus } from "./responses.ts";
import { positionOf, refuse, refuseArgument, type Token } from "./token.ts";
import { isInteger, readTransport } from "./transport.ts";
import { parseUpstreamAddress } from "./upstream-address.ts";
import { durationUs, everyWord, integer, noMore, oneWord, statusOf } from "./words-of.ts";

type Reader = (draft: ProxyDraft, node: DirectiveNode) => void;

/** Subdirectives that change nothing about balancing. */
const IGNORED: readonly string[] = ["buffer_requests", "buffer_responses", "max_buffer_size"];

const READERS: Readonly<Record<string, Reader>> = {
  to: (draft, node) => addUpstreams(draft, everyWord(node)),
  lb_policy: (draft, node) => {
    const name = oneWord(node);
    if (draft.policy !== null) throw refuse(name, "load balancing selection policy already specified");
    draft.policy = readPolicy(node);
  },
  lb_retries: (draft, node) => {
    draft.retries = integer(node, "bad lb_retries number");
  },
  lb_try_duration: (draft, node) => {
    draft.tryDurationUs = durationUs(node, "bad duration value", false);
  },
  lb_try_interval: (draft, node) => {
    draft.tryIntervalUs = durationUs(node, "bad interval value", true);
  },
  lb_retry_match: (draft, node) => {
    draft.retryMatch ??= [];
    try {
      draft.retryMatch.push(retryMatchers(node));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw refuse(node.last, `failed to parse lb_retry_match: ${error.message}`);
    }
  },
  health_uri: (draft, node) => {
    draft.activeBlock().uri = oneWord(node).text;
    noMore(node, 1);
  },
  health_path: (draft, node) => {
    draft.activeBlock().uri = oneWord(node).text;
    noMore(node, 1);
  },
  health_port: (draft, node) => {
    draft.activeBlock().port = integer(node, "bad port number");
  },
  health_headers: (draft, node) => {
    for (const { name, args } of node.block ?? [])
      if (name.text.toLowerCase() === "host") draft.activeBlock().host = args[0]?.text ?? "";
  },
  health_interval: (draft, node) => {
    draft.activeBlock().intervalUs = durationUs(node, "bad interval value", false);
  },
  health_timeout: (draft, node) => {
    draft.activeBlock().timeoutUs = durationUs(node, "bad timeout value", false);
  },
  health_status: (draft, node) => {
    const word = oneWord(node);
    draft.activeBlock().expectStatus = statusOf(word, word);
    noMore(node, 1);
  },
  health_body: (draft, node) => {
    draft.activeBlock().expectBody = goPattern(oneWord(node).text);
    noMore(node, 1);
  },
  max_fails: (draft, node) => {
    draft.passiveBlock().maxFails = integer(node, "invalid maximum fail count");
  },
  fail_duration: (draft, node) => {
    draft.passiveBlock().failDurationUs = durationUs(node, "bad duration value", true);
  },
  unhealthy_request_count: (draft, node) => {
    draft.passiveBlock().unhealthyRequestCount = integer(node, "invalid maximum connection count");
  },
  unhealthy_status: (draft, node) => {
    const statuses = everyWord(node).map((word) => statusOf(word, lastWord(node)));
    const passive = draft.passiveBlock();
    passive.unhealthyStatus = [...passive.unhealthyStatus, ...statuses];
  },
  unhealthy_latency: (draft, node) => {
    draft.passiveBlock().unhealthyLatencyUs = durationUs(node, "bad duration value", true);
  },
  flush_interval: (_draft, node) => {
    const word = oneWord(node);
    const value = isInteger(word.text) ? 0 : parseDurationUs(word.text);
    if (typeof value === "string") throw refuse(word, `bad duration value '${word.text}': ${value}`);
    noMore(node, 1);
  },
  trusted_proxies: (draft, node) => {
    for (const { text } of node.args)
      draft.trustedProxies.push(...(text === "private_ranges" ? PRIVATE_RANGES : [text]));
  },
  header_up: (draft, node) => readHeader(draft.headersUp, node),
  header_down: (draft, node) => readHeader(draft.headersDown, node),
  method: (draft, node) => {
    draft.rewriteMethod = oneWord(node).text;
    onlyOne(node);
  },
  rewrite: (draft, node) => {
    draft.rewriteUri = oneWord(node).text;
    onlyOne(node);
  },
  transport: readTransport,
  replace_status: replaceStatus,
  dynamic: (_draft, node) => {
    const name = oneWord(node);
    const id = `http.reverse_proxy.upstreams.${name.text}`;
    if (!["a", "srv", "multi"].includes(name.text))
      throw refuse(name, `getting module named '${id}': module not registered: ${id}`);
  },
};

function onlyOne(node: DirectiveNode): void {
  const extra = node.args[1];
  if (extra !== undefined) throw refuseArgument(extra);
}

function readHeader(operations: ProxyDraft["headersUp"], node: DirectiveNode): void {
  const [field, value, replacement] = node.args;
  if (field === undefined || node.args.length > 3) throw refuseArgument(lastWord(node));
  if (field.text.startsWith("?"))
    throw refuse(
      lastWord(node),
      `${field.text}: the default header modifier ('?') can only be used on response headers; for conditional manipulation of request headers, use matchers`,
    );
  operations.push(headerOperation(field.text, value?.text ?? "", replacement?.text ?? ""));
}

function addUpstreams(draft: ProxyDraft, words: readonly Token[]): void {
  for (const word of words) {
    const { dial, scheme } = parseUpstreamAddress(word);
    if (draft.scheme !== "" && scheme !== draft.scheme)
      throw refuse(
        word,
        `for now, all proxy upstreams must use the same scheme (transport protocol); expecting '${draft.scheme}://' but got '${scheme}://'`,
      );
    draft.scheme = scheme;
    draft.upstreams.push({ dial, maxRequests: 0, position: positionOf(word) });
  }
}

/**
 * `reverse_proxy [<matcher>] [<upstreams…>] { … }` without its matcher (reverseproxy/caddyfile.go, UnmarshalCaddyfile,
 * Caddy 2.6.2). @throws Refused in Caddy's words
 */
export function readReverseProxy(node: DirectiveNode, readRoutes: RouteReader): ProxyDraft {
  const draft = new ProxyDraft();
  addUpstreams(draft, node.args);
  const later: DirectiveNode[] = [];
  for (const sub of node.block ?? []) {
    const { text } = sub.name;
    if (!draft.written.has(text)) draft.written.set(text, positionOf(sub.name));
    if (text.startsWith("@")) readResponseMatcher(draft, sub);
    else if (text === "handle_response") later.push(sub);
    else if (Object.hasOwn(READERS, text)) (READERS[text] as Reader)(draft, sub);
    else if (!IGNORED.includes(text)) throw refuse(sub.name, `unrecognized subdirective ${text}`);
  }
  if (draft.scheme === "http" && draft.transport?.tls === true)
    throw refuse(node.last, "upstream address scheme is HTTP but transport is configured for HTTP+TLS (HTTPS)");
  for (const sub of later) readHandleResponse(draft, sub, readRoutes);
  return draft;
}

/** One matcher on the line, or any number in a block (ParseCaddyfileNestedMatcherSet, Caddy 2.6.2). */
function retryMatchers(node: DirectiveNode): readonly Matcher[] {
  const [name, ...args] = node.args;
  if (name === undefined) return nestedMatchers(node.block ?? [], node);
  return nestedMatchers([{ name, args, block: node.block, last: node.last }], node);
}
