import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { Reader } from "../reader.ts";

/** Carries out one line of a proxy section; alerts and warnings go to the reader's report. */
export type Keyword = (reader: Reader, args: Args, proxy: ProxyDraft) => void;
