import type { RewritePlaceDraft, ServerDraft, WorkerDraft } from "./drafts.ts";
import { newWorkerDraft } from "./member-parameters.ts";
import type { Reader } from "./reader.ts";
import type { RewriteConfig, RewriteMapConfig, RewriteRuleConfig } from "./rewrite-config.ts";
import { isUnmodelled } from "./rewrite-limits.ts";
import { keyOf, placesOf } from "./rewrite-places.ts";
import { findWorker, type WorkerUrl } from "./worker-url.ts";

/** What mod_rewrite's directives come to. */
export interface Rewriting {
  /** Workers for places that only rules name: httpd's default worker, which keeps no connection (`proxy:reverse`). */
  readonly defaults: readonly WorkerDraft[];
  /** @param workers all workers, in the order in which the configuration lists them */
  configOf(server: ServerDraft, workers: readonly WorkerDraft[]): RewriteConfig | null;
}

type Maps = ReadonlyMap<string, RewriteMapConfig>;

/**
 * Puts rules together as config_server_merge and config_perdir_merge of mod_rewrite.c do: RewriteEngine is inherited,
 * rules only with RewriteOptions Inherit… and only by a virtual host in which some directive of mod_rewrite stands.
 */
export function assembleRewriting(reader: Reader): Rewriting {
  const { servers } = reader.draft;
  const main = servers[0] as ServerDraft;
  for (const server of servers) dropUnmodelled(reader, server, mapsOf(server, main));
  const defaults = new Map<string, WorkerDraft>();
  for (const server of servers) {
    const known = [...main.workers, ...(server === main ? [] : server.workers)];
    const all = [...rulesOf(server, main), ...placesIn(server, main).flatMap(({ rules }) => rules)];
    for (const rule of all) {
      for (const place of rule.proxy ? (placesOf(rule, mapsOf(server, main)) ?? []) : []) {
        const covered = findWorker(known, { ...place, path: "/", name: `${nameOf(place)}/` }) !== null;
        if (covered || defaults.has(keyOf(place))) continue;
        const worker = newWorkerDraft({ ...place, path: "", name: nameOf(place) }, rule.position);
        worker.disableReuse = true;
        defaults.set(keyOf(place), worker);
      }
    }
  }
  return {
    defaults: [...defaults.values()],
    configOf: (server, workers) => configOf(server, main, workers, defaults),
  };
}

function configOf(
  server: ServerDraft,
  main: ServerDraft,
  workers: readonly WorkerDraft[],
  defaults: ReadonlyMap<string, WorkerDraft>,
): RewriteConfig | null {
  const rules = rulesOf(server, main);
  const places = placesIn(server, main);
  if (rules.length === 0 && places.every((place) => place.rules.length === 0)) return null;
  const [own, above] = [server.rewrite, main.rewrite];
  const known = [...main.workers, ...(server === main ? [] : server.workers)];
  return {
    isOn: own.rootIsOn ?? above.rootIsOn ?? own.isOn ?? above.isOn ?? false,
    rules,
    places,
    maps: Object.fromEntries(mapsOf(server, main)),
    workers: known.map((worker) => workers.indexOf(worker)),
    defaults: Object.fromEntries([...defaults].map(([key, worker]) => [key, workers.indexOf(worker)])),
  };
}

function dropUnmodelled(reader: Reader, server: ServerDraft, maps: Maps): void {
  const { rewrite } = server;
  const main = reader.draft.servers[0] as ServerDraft;
  const lost = new Set([...main.rewrite.lostMaps, ...rewrite.lostMaps]);
  for (const { rules, inherits } of [{ ...rewrite, inherits: false }, ...rewrite.places]) {
    const kept = rules.filter((rule) => !inherits && !isUnmodelled(rule, maps, lost));
    for (const rule of rules) if (!kept.includes(rule)) reader.passOver("unmodelled", "RewriteRule", rule.position);
    rules.splice(0, rules.length, ...kept);
  }
}

/** Folders from the shortest path to the longest, then locations as they stand (ap_directory_walk, ap_location_walk). */
function placesIn(server: ServerDraft, main: ServerDraft): readonly RewritePlaceDraft[] {
  const all = [...(server === main ? [] : main.rewrite.places), ...server.rewrite.places];
  const folders = all.filter(({ kind }) => kind === "directory");
  const byLength = folders.sort((a, b) => a.directory.length - b.directory.length);
  return [...byLength, ...all.filter(({ kind }) => kind === "location")];
}

type Merge = "own" | "ownFirst" | "mainFirst";

function mergeOf(server: ServerDraft, main: ServerDraft): Merge {
  if (server === main) return "own";
  const above = main.rewrite.options ?? new Set();
  const options = server.rewrite.options ?? above;
  const down = (option: string): boolean => above.has(option) && !options.has("ignoreinherit");
  if (options.has("inherit") || down("inheritdown")) return "ownFirst";
  return options.has("inheritbefore") || down("inheritdownbefore") ? "mainFirst" : "own";
}

function rulesOf(server: ServerDraft, main: ServerDraft): readonly RewriteRuleConfig[] {
  const { isMentioned, rules } = server.rewrite;
  if (!isMentioned) return [];
  const merge = mergeOf(server, main);
  if (merge === "own") return rules;
  return merge === "ownFirst" ? [...rules, ...main.rewrite.rules] : [...main.rewrite.rules, ...rules];
}

function mapsOf(server: ServerDraft, main: ServerDraft): Maps {
  return mergeOf(server, main) === "own"
    ? server.rewrite.maps
    : new Map([...main.rewrite.maps, ...server.rewrite.maps]);
}

function nameOf(place: WorkerUrl): string {
  return place.name.slice(0, place.name.length - place.path.length);
}
