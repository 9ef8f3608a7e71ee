import type { ProxyFamily } from "../../../src/contract/proxy-family.ts";
import type { TraceRequest } from "../../../src/drive/replay/trace.ts";
import { NGINX } from "../../../src/proxies/nginx/nginx-family.ts";
import { outcomes, played } from "../scripted-case.ts";

export const FAMILY = NGINX as ProxyFamily;

/** `upstream app` with these lines, and a location for everything that passes to it. */
export function balancer(upstream: string, location = ""): string {
  return `upstream app { ${upstream} } server { listen {{listen}}; location / { proxy_pass http://app; ${location} } }`;
}

type Script = Parameters<typeof outcomes>;

export function balanced(
  upstream: string,
  location: string,
  ...rest: [Script[2], Script[3], Script[4]?]
): readonly string[] {
  return outcomes(FAMILY, balancer(upstream, location), ...rest);
}

/** One request to a server block with these lines; what the backend saw and what the client got. */
export function asked(
  server: string,
  request: Script[3][number],
  backend: Script[2][number] = "ok",
  http = "",
): TraceRequest {
  const conf = `${http} upstream app { server {{node1}}; } server { listen {{listen}}; ${server} }`;
  const record = {
    record_url: true,
    record_body: true,
    record_headers: ["Location", "Set-Cookie", "Connection", "X-A", "X-B"],
    record_backend_headers: ["Host", "Cookie", "X-A", "X-B", "X-Forwarded-For"],
  };
  const { requests, config_error: error } = played(FAMILY, conf, [backend], [request], record);
  if (error !== undefined) throw new Error(error.text);
  return requests[0] as TraceRequest;
}

/** The URL with which the backend was asked; null = it was not. */
export function urlOf(server: string, path: string, http = ""): string | null {
  return asked(server, { path }, "ok", http).backend_url?.[0] ?? null;
}

/** Value of a variable or text for a request, by way of `return 200`. */
export function textFor(text: string, request: Script[3][number], http = ""): string {
  return asked(`location / { return 200 "${text}"; }`, request, "ok", http).body ?? "";
}
