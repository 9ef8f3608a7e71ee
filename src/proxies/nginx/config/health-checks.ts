import { plainText } from "./compile-template.ts";
import { splitParameter } from "./directives/health.ts";
import type { LocationDraft } from "./drafts.ts";
import type { LocationConfig } from "./location-config.ts";
import { settingsOf } from "./settings.ts";
import { parseNumber, parseTimeUs } from "./unit-values.ts";
import type { HealthCheck } from "./upstream-config.ts";

/** health_check lines of a location and those in it, with the timeouts that hold there (spec/nginx-plus.md (c)). */
export function healthChecksOf(draft: LocationDraft): readonly HealthCheck[] {
  const pass = draft.proxyPass;
  const own =
    pass?.kind === "upstream"
      ? draft.scope.ownUses("health_check").map(({ args, position }) => {
          const settings = settingsOf(draft.scope);
          return { ...parametersOf(args), ...fromSettings(settings, pass.host), upstream: pass.upstream, position };
        })
      : [];
  return [...own, ...draft.locations.flatMap(healthChecksOf)];
}

function fromSettings(settings: LocationConfig["settings"], host: string) {
  const header = settings.setHeaders.find(({ name }) => name.toLowerCase() === "host");
  const written = header === undefined ? null : plainText(header.value);
  return {
    connectTimeoutUs: settings.connectTimeoutUs,
    readTimeoutUs: settings.readTimeoutUs,
    host: written ?? host,
  };
}

function parametersOf(args: readonly string[]) {
  const given = new Map(args.map((arg) => splitParameter(arg)).map(([key, value]) => [key, value ?? ""]));
  const time = (key: string, otherwise: number) => parseTimeUs(given.get(key) ?? "") ?? otherwise;
  const number = (key: string) => parseNumber(given.get(key) ?? "");
  return {
    intervalUs: time("interval", 5_000_000),
    jitterUs: time("jitter", 0),
    fails: number("fails") ?? 1,
    passes: number("passes") ?? 1,
    uri: given.get("uri") ?? "/",
    port: number("port"),
    match: given.get("match") ?? null,
    mandatory: given.has("mandatory"),
    persistent: given.has("persistent"),
  };
}
