import type { CaddyConfig, Handler, ReverseProxyConfig, Route } from "./caddy-config.ts";
import { Refused } from "./refused.ts";

/**
 * What Caddy 2.6.2 finds only when it loads the configuration, with the way to the handler as it words it
 * ("… server srv0: … route 0: …").
 */
export function provisionError(config: CaddyConfig): Refused | null {
  for (const [proxy, settings] of config.proxies.entries()) {
    const message = errorOf(settings);
    if (message === null) continue;
    const way = config.servers
      .map(({ routes }, i) => wayTo(routes, proxy, `server srv${i}: setting up route handlers: `))
      .find((found) => found !== null);
    return new Refused(
      `loading http app module: provision http: ${way ?? ""}loading module 'reverse_proxy': provision http.handlers.reverse_proxy: ${message}`,
      settings.written.get("lb_policy") ?? settings.position,
    );
  }
  return null;
}

function errorOf({ policy, trustedProxies }: ReverseProxyConfig): string | null {
  for (const range of trustedProxies) {
    const [address = "", bits] = range.split("/");
    if (/^[\d.]+$/.test(address) || address.includes(":")) continue;
    return bits === undefined
      ? `invalid IP address: '${range}': ParseAddr("${address}"): unable to parse IP`
      : `parsing CIDR expression: '${range}': netip.ParsePrefix("${range}"): ParseAddr("${address}"): unable to parse IP`;
  }
  if (policy.name !== "random_choose" || policy.choose >= 2) return null;
  return "loading load balancing selection policy: loading module 'random_choose': http.reverse_proxy.selection_policies.random_choose: invalid configuration: choose must be at least 2";
}

/** Indexes on the way to a handler; a site without conditions is no subroute of its own in Caddy's JSON. */
function wayTo(routes: readonly Route[], proxy: number, before: string): string | null {
  const [only] = routes;
  const flat = routes.length === 1 && only?.terminal === true && only.match.length === 0 ? unwrapped(only) : routes;
  for (const [r, route] of flat.entries()) {
    for (const [h, handler] of route.handlers.entries()) {
      const here = `${before}route ${r}: loading handler modules: position ${h}: `;
      const found = inHandler(handler, proxy, here);
      if (found !== null) return found;
    }
  }
  return null;
}

function inHandler(handler: Handler, proxy: number, here: string): string | null {
  if (handler.kind === "proxy") return handler.proxy === proxy ? here : null;
  if (handler.kind !== "subroute") return null;
  return wayTo(
    handler.routes,
    proxy,
    `${here}loading module 'subroute': provision http.handlers.subroute: setting up subroutes: `,
  );
}

function unwrapped(route: Route): readonly Route[] {
  return route.handlers.flatMap((handler) => (handler.kind === "subroute" ? handler.routes : []));
}
