import type { ProxyFamily } from "../contract/proxy-family.ts";
import { APACHE } from "./apache/apache-family.ts";
import { CADDY } from "./caddy/caddy-family.ts";
import { HAPROXY } from "./haproxy/haproxy-family.ts";
import { NGINX } from "./nginx/nginx-family.ts";

/** The families that lbsim simulates; the only list of them. */
export const FAMILIES: readonly ProxyFamily[] = [
  APACHE as ProxyFamily,
  CADDY as ProxyFamily,
  HAPROXY as ProxyFamily,
  NGINX as ProxyFamily,
];
