import type { KnownDirective } from "./known-directives.ts";

/** Directives that nginx 1.22.1 lacks: who has them. Source: spec/nginx-plus.md, licence boundary. */
export interface NewerDirective extends KnownDirective {
  /** First open-source version, or null = NGINX Plus only. */
  readonly since: string | null;
}

function newer(name: string, contexts: string, counts: string, since: string | null, isBlock = false): NewerDirective {
  return { name, module: "newer", contexts, counts, isBlock, slot: "-", since };
}

/** Directives of NGINX Plus and of later versions that lbsim understands or passes over. */
export const NEWER_DIRECTIVES: ReadonlyMap<string, readonly NewerDirective[]> = new Map(
  [
    newer("sticky", "U", "1+", "1.29.6"),
    newer("sticky_cookie_insert", "U", "1234", null),
    newer("least_time", "U", "12", "1.31.0"),
    newer("queue", "U", "12", null),
    newer("state", "U", "1", null),
    newer("ntlm", "U", "0", null),
    newer("resolver", "U", "1+", "1.27.3"),
    newer("resolver_timeout", "U", "1", "1.27.3"),
    newer("health_check", "L", "*", null),
    newer("match", "H", "1", null, true),
    newer("api", "L", "*", null),
    newer("status_zone", "SL", "1", null),
    newer("http2", "HS", "1", "1.25.1"),
    newer("zone_sync", "S", "0", null),
    newer("keyval", "H", "3", null),
    newer("keyval_zone", "H", "1+", null),
  ].map((entry) => [entry.name, [entry]]),
);

/** Parameters of `server` in upstream blocks that nginx 1.22.1 lacks. */
export const NEWER_SERVER_PARAMETERS: Readonly<Record<string, string | null>> = {
  slow_start: null,
  route: "1.29.6",
  drain: "1.29.6",
  resolve: "1.27.3",
  service: "1.27.3",
};
