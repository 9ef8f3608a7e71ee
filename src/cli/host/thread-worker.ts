import type { ReplicationResult } from "../../experiment/replication/replication-result.ts";
import { type ReplicationTask, runTask } from "../../experiment/task.ts";

/** Entry of a worker thread: one task in, one result out. */
export default function work(task: ReplicationTask): ReplicationResult {
  return runTask(task);
}
