/** What a recording or a replay of a case holds, in the words of golden/FORMAT.md. */
export interface Trace {
  readonly requests: readonly TraceRequest[];
  readonly config_error?: { readonly text: string; readonly at?: string };
  readonly config_warnings?: string;
  readonly idle_closed?: readonly { readonly client: string; readonly after: number; readonly at_ms: number }[];
}

export interface TraceRequest {
  readonly i: number;
  readonly manager?: readonly Readonly<Record<string, unknown>>[];
  readonly attempts?: readonly string[];
  /** All tries, where `attempts` leaves some out that a recording could not know. */
  readonly attempts_full?: readonly string[];
  readonly unreached?: readonly number[];
  readonly served_by?: string | null;
  readonly status?: number;
  readonly set_cookie?: readonly string[];
  readonly error?: string;
  readonly backend_url?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly backend_headers?: readonly Readonly<Record<string, string | null>>[];
  readonly body?: string;
  readonly request_bytes?: readonly number[];
  readonly sent_ms?: number;
  readonly connect_ms?: number | null;
  readonly start_ms?: readonly number[] | null;
  readonly finish_ms?: number;
  readonly wait_class?: string;
  readonly reused?: boolean;
}

/** Times of traces are ms rounded to 100. */
export function traceMs(us: number): number {
  return Math.round(us / 100_000) * 100;
}
