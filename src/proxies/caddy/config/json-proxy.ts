import type { Position } from "../../../contract/problem.ts";
import type { HeaderOperation, Matcher, PolicyConfig, ReverseProxyConfig } from "./caddy-config.ts";
import { goPattern } from "./go-pattern.ts";
import { matchersOf } from "./json-matchers.ts";
import { type Json, listOf, microseconds, numberOf, objectOf, textOf, textsOf } from "./json-values.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { DEFAULT_TRANSPORT, ProxyDraft } from "./proxy-draft.ts";

type Fields = Record<string, Json>;

/** The reverse_proxy handler of Caddy's JSON (reverseproxy.go, Handler, 2.6.2). */
export function jsonProxy(handler: Fields, name: string, position: Position): ReverseProxyConfig {
  const draft = new ProxyDraft();
  for (const each of listOf(handler.upstreams)) {
    const upstream = objectOf(each);
    draft.upstreams.push({ dial: textOf(upstream.dial), maxRequests: numberOf(upstream.max_requests), position });
  }
  readBalancing(draft, objectOf(handler.load_balancing));
  readHealth(draft, objectOf(handler.health_checks));
  if (handler.transport !== undefined) readTransportJson(draft, objectOf(handler.transport));
  const headers = objectOf(handler.headers);
  draft.headersUp.push(...operationsOf(objectOf(headers.request)));
  draft.headersDown.push(...operationsOf(objectOf(headers.response)));
  draft.trustedProxies.push(...textsOf(handler.trusted_proxies));
  const rewrite = objectOf(handler.rewrite);
  draft.rewriteMethod = textOf(rewrite.method);
  draft.rewriteUri = textOf(rewrite.uri);
  return draft.finish(name, position);
}

function readBalancing(draft: ProxyDraft, balancing: Fields): void {
  if (balancing.selection_policy !== undefined) draft.policy = policyOf(objectOf(balancing.selection_policy));
  draft.retries = numberOf(balancing.retries);
  draft.tryDurationUs = microseconds(balancing.try_duration);
  draft.tryIntervalUs = microseconds(balancing.try_interval);
  const sets: readonly (readonly Matcher[])[] = listOf(balancing.retry_match).map((set) => matchersOf(objectOf(set)));
  if (sets.length > 0) draft.retryMatch = [...sets];
}

function policyOf(policy: Fields): PolicyConfig {
  const name = textOf(policy.policy);
  const key = name === "cookie" ? textOf(policy.name) || "lb" : textOf(policy.field);
  return { ...DEFAULT_POLICY, name, key, secret: textOf(policy.secret), choose: numberOf(policy.choose) || 2 };
}

function readHealth(draft: ProxyDraft, health: Fields): void {
  if (health.passive !== undefined) {
    const passive = objectOf(health.passive);
    Object.assign(draft.passiveBlock(), {
      failDurationUs: microseconds(passive.fail_duration),
      maxFails: numberOf(passive.max_fails),
      unhealthyStatus: listOf(passive.unhealthy_status).map(numberOf),
      unhealthyLatencyUs: microseconds(passive.unhealthy_latency),
      unhealthyRequestCount: numberOf(passive.unhealthy_request_count),
    });
  }
  if (health.active === undefined) return;
  const active = objectOf(health.active);
  const host = textsOf(objectOf(active.headers).Host)[0];
  Object.assign(draft.activeBlock(), {
    uri: textOf(active.uri) || textOf(active.path),
    port: numberOf(active.port),
    intervalUs: microseconds(active.interval),
    timeoutUs: microseconds(active.timeout),
    expectStatus: numberOf(active.expect_status),
    expectBody: textOf(active.expect_body) === "" ? null : goPattern(textOf(active.expect_body)),
    host: host ?? null,
  });
}

function readTransportJson(draft: ProxyDraft, transport: Fields): void {
  const keepAlive = objectOf(transport.keep_alive);
  draft.transport = {
    ...DEFAULT_TRANSPORT,
    tls: transport.tls !== undefined,
    dialTimeoutUs: microseconds(transport.dial_timeout) || DEFAULT_TRANSPORT.dialTimeoutUs,
    responseHeaderTimeoutUs: microseconds(transport.response_header_timeout),
    readTimeoutUs: microseconds(transport.read_timeout),
    writeTimeoutUs: microseconds(transport.write_timeout),
    keepAlive: keepAlive.enabled !== false,
    idleTimeoutUs: microseconds(keepAlive.idle_timeout) || DEFAULT_TRANSPORT.idleTimeoutUs,
    idlePerHost: numberOf(keepAlive.max_idle_conns_per_host) || DEFAULT_TRANSPORT.idlePerHost,
    maxConnectionsPerHost: numberOf(transport.max_conns_per_host),
  };
}

function operationsOf(headers: Fields): readonly HeaderOperation[] {
  const of = (kind: "set" | "add", fields: Fields): readonly HeaderOperation[] =>
    Object.entries(fields).flatMap(([name, values]) =>
      textsOf(values).map((value) => ({ kind, name, value, search: null })),
    );
  const deletes = textsOf(headers.delete).map((name) => ({ kind: "delete" as const, name, value: "", search: null }));
  return [...of("add", objectOf(headers.add)), ...of("set", objectOf(headers.set)), ...deletes];
}
