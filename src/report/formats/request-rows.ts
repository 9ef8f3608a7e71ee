/** One try of a client as a row of requests.csv. Texts are interned by whoever fills it, so quoting is looked up. */
export interface RequestRow {
  variant: string;
  replication: number;
  /** Arrival rank in this variant and replication. */
  request: number;
  client: number;
  session: number;
  /** Ordinal of the user request in its session. */
  ordinal: number;
  try: number;
  class: string;
  startUs: number;
  /** null: unresolved at the end of the run. */
  endUs: number | null;
  /** Attempts of the proxy. */
  attempts: number;
  /** Names of the members tried, in order, separated by spaces. */
  members: string;
  /** null: no answer came. */
  status: number | null;
  outcome: string;
  /** What became of the session's state, "" when the request carried none. */
  sessionVerdict: string;
}

/** The header line of requests.csv. */
export const REQUESTS_HEADER =
  "variant,replication,request,client,session,ordinal,try,class,start_us,end_us,attempts,members,status,outcome,session_verdict\n";

const NEEDS_QUOTES = /[",\n\r]/;
/** More distinct texts than this are no longer remembered: a cache that grows with the run is a leak. */
const REMEMBERED_TEXTS = 4_096;
const quotedTexts = new Map<string, string>();

/**
 * One line of requests.csv, byte for byte what csv-stringify writes with its defaults. Millions of rows pass here, so
 * nothing is allocated but the line itself. The record may be reused by the caller.
 */
export function requestLine(row: RequestRow): string {
  return `${quoted(row.variant)},${row.replication},${row.request},${row.client},${row.session},${row.ordinal},${
    row.try
  },${quoted(row.class)},${row.startUs},${row.endUs ?? ""},${row.attempts},${quoted(row.members)},${
    row.status ?? ""
  },${quoted(row.outcome)},${quoted(row.sessionVerdict)}\n`;
}

/** RFC 4180 quoting as csv-stringify does it: only where a comma, a quote or a line break asks for it. */
function quoted(text: string): string {
  const known = quotedTexts.get(text);
  if (known !== undefined) return known;
  const written = NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  if (quotedTexts.size < REMEMBERED_TEXTS) quotedTexts.set(text, written);
  return written;
}
