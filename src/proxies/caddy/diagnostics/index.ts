import type { DiagnosticInfo, Problem } from "../../../contract/problem.ts";
import { diagnose as findAll } from "../../shared/diagnostic.ts";
import type { CaddyConfig } from "../config/caddy-config.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { PASSIVE_HEALTH } from "./passive-health.ts";
import { POLICY_NOTES } from "./policies.ts";
import { RETRIES } from "./retries.ts";
import { SHARED_STATE } from "./shared-state.ts";

const ALL: readonly Diagnostic[] = [...PASSIVE_HEALTH, ...RETRIES, ...POLICY_NOTES, ...SHARED_STATE];

/** Every diagnostic of the Caddy family, for lists and docs. */
export const DIAGNOSTICS: readonly DiagnosticInfo[] = ALL.map(({ info }) => info);

/** Looks for configurations that load but hardly do what their author thinks. */
export function diagnose(config: CaddyConfig): readonly Problem[] {
  return findAll(ALL, config);
}
