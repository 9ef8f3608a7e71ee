import type { PreparedExperiment, PreparedVariant } from "../prepare.ts";
import type { ReplicationResult } from "../replication/replication-result.ts";
import { Replication, type ReplicationOptions } from "../run-replication.ts";
import { FilmRecorder } from "./film-recorder.ts";

/**
 * Runs a replication with a film of it. When more than `most` requests come, it runs again: only then is it known which of
 * them are worth keeping. The measures are those of a run without a film.
 */
export function filmReplication(
  experiment: PreparedExperiment,
  variant: PreparedVariant,
  replication: number,
  options: ReplicationOptions,
  most: number,
): ReplicationResult {
  const { world } = options;
  const classes = world.clients.classes.map(({ name }) => name);
  const all = new FilmRecorder({ most, keep: null, endUs: world.endUs });
  const run = new Replication(experiment, variant, replication, { ...options, watch: all });
  run.run();
  const result = run.result();
  const film = all.finish(classes);
  if (film !== null) return { ...result, film };
  const chosen = new FilmRecorder({ most, keep: all.chosen(), endUs: world.endUs });
  new Replication(experiment, variant, replication, { ...options, keepRows: false, watch: chosen }).run();
  return { ...result, film: chosen.finish(classes) as string };
}
