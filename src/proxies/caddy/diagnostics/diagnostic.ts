import type { DiagnosticInfo, Position } from "../../../contract/problem.ts";
import type { CaddyConfig, ReverseProxyConfig } from "../config/caddy-config.ts";

export interface Finding {
  readonly message: string;
  readonly hint: string | null;
  readonly position: Position | null;
}

/** One thing that loads but hardly does what its author thinks (spec/caddy.md 7). */
export interface Diagnostic {
  readonly info: DiagnosticInfo;
  find(config: CaddyConfig): readonly Finding[];
}

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
