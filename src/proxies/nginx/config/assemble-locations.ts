import { refuseNowhere } from "./conf-error.ts";
import type { LocationDraft, StepDraft } from "./drafts.ts";
import type { LocationConfig, RewriteStep } from "./location-config.ts";
import { templateOf } from "./scope-values.ts";
import { settingsOf } from "./settings.ts";

/** A block with its settings, steps and inner blocks complete. */
export function assembleLocation(draft: LocationDraft, outer: LocationDraft | null): LocationConfig {
  checkDuplicates(draft.locations);
  const [tryFiles] = draft.scope.ownUses("try_files");
  const fallback = tryFiles?.args.at(-1) ?? "";
  // An `if` block answers with what its location answers with, unless it says something itself.
  const pass = draft.proxyPass ?? (outer === null ? null : outer.proxyPass);
  return {
    // … and the location's URI is what a URI in proxy_pass takes the place of (ngx_http_proxy_merge_loc_conf).
    match: outer === null ? draft.match : outer.match,
    settings: settingsOf(draft.scope),
    proxyPass: pass,
    steps: draft.steps.map((step) => assembleStep(step, draft)),
    tryFiles:
      tryFiles === undefined
        ? null
        : {
            fallback: templateOf(fallback.startsWith("=") ? "" : fallback),
            status: fallback.startsWith("=") ? Number(fallback.slice(1)) : null,
            position: tryFiles.position,
          },
    stubStatus: draft.scope.ownUses("stub_status").length > 0,
    internal: draft.scope.uses("internal").length > 0,
    autoRedirect: draft.proxyPass !== null && draft.name.endsWith("/") && draft.match.kind !== "regex",
    limitExcept: draft.limitExcept === null ? null : assembleLimitExcept(draft.limitExcept, draft),
    locations: draft.locations.map((inner) => assembleLocation(inner, null)),
    position: draft.position,
  };
}

/** GET allows HEAD as well. Source: ngx_http_core_limit_except, nginx 1.22.1. */
function assembleLimitExcept(
  { methods, block }: NonNullable<LocationDraft["limitExcept"]>,
  draft: LocationDraft,
): LocationConfig["limitExcept"] {
  const allowed = methods.map((method) => method.toUpperCase());
  return {
    methods: allowed.includes("GET") ? [...allowed, "HEAD"] : allowed,
    location: assembleLocation(block, draft),
  };
}

function assembleStep(step: StepDraft, draft: LocationDraft): RewriteStep {
  return step.kind === "if" ? { ...step, location: assembleLocation(step.location, draft) } : step;
}

/** Source: ngx_http_join_exact_locations, nginx 1.22.1. */
function checkDuplicates(locations: readonly LocationDraft[]): void {
  const seen = new Set<string>();
  for (const { match, name, node, position } of locations) {
    if (match.kind === "regex" || match.kind === "named") continue;
    const key = `${match.kind === "exact" ? "=" : ""} ${name}`;
    if (seen.has(key)) throw refuseNowhere(`duplicate location "${name}" in ${node.file}:${node.line}`, position);
    seen.add(key);
  }
}
