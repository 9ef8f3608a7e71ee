import type { Problem } from "../../../contract/problem.ts";
import type { ReadHost, Reading } from "../../../contract/proxy-family.ts";
import { diagnose } from "../diagnostics/index.ts";
import type { CaddyConfig } from "./caddy-config.ts";
import { DIRECTIVE_ORDER } from "./directive-order.ts";
import { replaceEnvironment, replaceEnvPlaceholders } from "./environment.ts";
import { parseBlocks } from "./parse-blocks.ts";
import { provisionError } from "./provision.ts";
import type { Collected } from "./read-routes.ts";
import { readSites } from "./read-sites.ts";
import { Refused } from "./refused.ts";
import { tokenize } from "./tokenize.ts";

/** What `caddy validate` puts before an error of the Caddyfile. */
const ADAPTING = "Error: adapting config using caddyfile: ";

/** Reads a Caddyfile as Caddy 2.6.2 does: adapt, then provision. Nothing is thrown; a refusal is a result. */
export function readCaddyfile(file: string, text: string, host: ReadHost): Reading<CaddyConfig> {
  const collected: Collected = { proxies: [], passedOver: [], order: [...DIRECTIVE_ORDER], groups: 0 };
  try {
    const source = replaceEnvPlaceholders(replaceEnvironment(text, host.env), host.env);
    const config = readSites(file, parseBlocks(tokenize(source, file), host), collected);
    return checked(config, collected.passedOver);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refused(ADAPTING + error.message, error);
  }
}

/** Checks that Caddy makes when it loads a configuration, and lbsim's own. */
export function checked(config: CaddyConfig, passedOver: Reading<CaddyConfig>["passedOver"]): Reading<CaddyConfig> {
  const error = provisionError(config);
  if (error !== null) return refused(`Error: ${error.message}`, error);
  const problems: readonly Problem[] = diagnose(config);
  return { config, refusal: null, programWarnings: [], problems, passedOver };
}

function refused(text: string, { position }: Refused): Reading<CaddyConfig> {
  const refusal = { text, at: "syntax" as const, position, hint: hintFor(text) };
  return { config: null, refusal, programWarnings: [], problems: [], passedOver: [] };
}

/** What to write instead. */
function hintFor(text: string): string | null {
  if (/selection_policies\.(weighted_round_robin|client_ip_hash|query)/.test(text))
    return "this policy exists from Caddy 2.7 on; the simulation follows 2.6.2";
  if (/selection_policies\./.test(text))
    return "policies: random, random_choose, least_conn, round_robin, first, ip_hash, uri_hash, header, cookie";
  if (/subdirective health_(fails|passes)/.test(text)) return "this subdirective exists from Caddy 2.8 on";
  if (/missing unit in duration/.test(text)) return "durations need a unit: 250ms, 5s, 1m";
  return null;
}
