import type { Position } from "../../../contract/problem.ts";
import type { Finding, Diagnostic as SharedDiagnostic } from "../../shared/diagnostic.ts";
import type { CaddyConfig, ReverseProxyConfig } from "../config/caddy-config.ts";

/** A diagnostic of this family. */
export type Diagnostic = SharedDiagnostic<CaddyConfig>;

type ProxyTest = (proxy: ReverseProxyConfig, config: CaddyConfig) => Finding | null;

/** A diagnostic that looks at one reverse_proxy after the other. */
export function perProxy(code: string, severity: "warning" | "note", title: string, test: ProxyTest): Diagnostic {
  return {
    info: { code, severity, title },
    find: (config) => config.proxies.flatMap((proxy) => test(proxy, config) ?? []),
  };
}

/** Where a subdirective is written, else the handler. */
export function whereWritten(proxy: ReverseProxyConfig, ...names: readonly string[]): Position {
  for (const name of names) {
    const position = proxy.written.get(name);
    if (position !== undefined) return position;
  }
  return proxy.position;
}

export function seconds(us: number): string {
  return `${us / 1_000_000} s`;
}
