import type { Handler } from "../call.ts";
import { ADDRESSES } from "./addresses.ts";
import { BLOCKS } from "./blocks.ts";
import { HEALTH } from "./health.ts";
import { KEEPALIVE_SETTINGS } from "./keepalive-settings.ts";
import { LIMITS } from "./limits.ts";
import { LISTEN } from "./listen.ts";
import { PROGRAM } from "./program.ts";
import { PROXY_PASS } from "./proxy-pass.ts";
import { REWRITE } from "./rewrite.ts";
import { STICKY } from "./sticky.ts";
import { TEXTS } from "./texts.ts";
import { UPSTREAM_BLOCK } from "./upstream-block.ts";
import { UPSTREAM_METHODS } from "./upstream-methods.ts";
import { UPSTREAM_SERVER } from "./upstream-server.ts";
import { VARIABLES } from "./variables.ts";

/** By directive, or by directive@context where the same name means different things. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...ADDRESSES,
  ...BLOCKS,
  ...HEALTH,
  ...KEEPALIVE_SETTINGS,
  ...LIMITS,
  ...LISTEN,
  ...PROGRAM,
  ...PROXY_PASS,
  ...REWRITE,
  ...STICKY,
  ...TEXTS,
  ...UPSTREAM_BLOCK,
  ...UPSTREAM_METHODS,
  ...UPSTREAM_SERVER,
  ...VARIABLES,
]);
