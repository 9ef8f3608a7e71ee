import type { RequestRows as KeptRows } from "../../experiment/replication/replication-result.ts";
import type { MemberResult } from "../../experiment/result.ts";
import type { RunOutcome } from "../../experiment/run-experiment.ts";
import { OUTCOME_NAMES } from "../../model/world-listener.ts";
import { REQUESTS_HEADER, RequestRows } from "../../report/formats/request-rows.ts";

const VERDICTS = ["", "found", "missing"];

/** Of which run the rows are. */
export interface RowsContext {
  /** Number of the first replication that was run: the one whose rows were kept. */
  readonly replication: number;
  /** Names of the request classes. */
  readonly classes: readonly string[];
}

/** requests.csv: every try of the first replication, variant by variant, in the order in which the tries ended. */
export function requestsCsv({ result, replications }: RunOutcome, context: RowsContext): Uint8Array {
  const table = new RequestRows();
  const parts = [new TextEncoder().encode(REQUESTS_HEADER)];
  for (const [v, { name, members }] of result.variants.entries()) {
    const rows = replications[v]?.[0]?.rows ?? null;
    if (rows !== null) appendRows(table, name, rows, members, context);
    parts.push(table.take().slice());
  }
  return Buffer.concat(parts);
}

/** True when a variant made more requests than are kept. */
export function rowsAreTruncated({ replications }: RunOutcome): boolean {
  return replications.some((of) => of[0]?.rows?.truncated === true);
}

function appendRows(
  table: RequestRows,
  variant: string,
  rows: KeptRows,
  members: readonly MemberResult[],
  { replication, classes }: RowsContext,
): void {
  const pathOf = memberPaths(members);
  for (let i = 0; i < rows.client.length; i++) {
    const status = rows.status[i] as number;
    const endUs = rows.endUs[i] as number;
    table.append({
      variant,
      replication,
      request: rows.started[i] as number,
      client: rows.client[i] as number,
      session: rows.session[i] as number,
      ordinal: rows.ordinal[i] as number,
      try: rows.tryNumber[i] as number,
      class: classes[rows.classIndex[i] as number] ?? "",
      startUs: rows.startUs[i] as number,
      endUs: endUs < 0 ? null : endUs,
      attempts: rows.attempts[i] as number,
      members: pathOf(rows.members[i] as string),
      status: status === 0 ? null : status,
      outcome: OUTCOME_NAMES[rows.outcome[i] as number] ?? "unresolved",
      sessionVerdict: VERDICTS[rows.session_verdict[i] as number] ?? "",
    });
  }
}

/** "0>2" as names: the alias of each member where it has one. Few paths are distinct, so they are kept. */
function memberPaths(members: readonly MemberResult[]): (indexes: string) => string {
  const known = new Map<string, string>([["", ""]]);
  return (indexes) => {
    let path = known.get(indexes);
    if (path === undefined) {
      const names = indexes.split(">").map((index) => members[Number(index)]);
      path = names.map((member, i) => member?.alias ?? member?.name ?? indexes.split(">")[i]).join(" ");
      known.set(indexes, path);
    }
    return path;
  };
}
