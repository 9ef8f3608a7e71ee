import type { Position } from "../../../contract/problem.ts";

/**
 * A text with variables as nginx compiles it (ngx_http_script_compile). Variable names are lower case and without "$";
 * `capture` is $0 … $9 of the regular expression that matched last.
 */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "capture"; readonly index: number };

export interface Template {
  /** As written, without quotes and escapes. */
  readonly source: string;
  /** No two texts in a row; [] = empty text. */
  readonly parts: readonly TemplatePart[];
}

/**
 * A regular expression, translated from PCRE to JavaScript (flags "" or "i"). Named groups are variables of their name;
 * all groups are captures. Source: ngx_regex_compile, nginx 1.22.1.
 */
export interface RegexSource {
  readonly source: string;
  readonly caseless: boolean;
  /** Named groups in order, lower case as variables are. */
  readonly names: readonly string[];
}

/** map, geo and split_clients: how a variable gets its value. Evaluated when it is used, at most once a request. */
export type VariableDefinition = MapVariable | GeoVariable | SplitClientsVariable;

/** `map SOURCE $name { … }` (ngx_http_map_module): exact, then wildcards (longest), then expressions in order, then default. */
export interface MapVariable {
  readonly kind: "map";
  readonly name: string;
  readonly input: Template;
  /** Keys are compared without regard to case, and so are kept in lower case. */
  readonly exact: Readonly<Record<string, Template>>;
  /** `hostnames`: "*.example.com" as ".example.com" with `head`, "www.example.*" as "www.example." without; ".x" gives an exact and a head entry. */
  readonly wildcards: readonly { readonly head: boolean; readonly text: string; readonly value: Template }[];
  readonly regexes: readonly { readonly regex: RegexSource; readonly value: Template }[];
  /** "" when the block has none. */
  readonly otherwise: Template;
  readonly position: Position;
}

/** `geo [$address] $name { … }`: the most specific network wins. */
export interface GeoVariable {
  readonly kind: "geo";
  readonly name: string;
  /** Variable with the address; "remote_addr" when none is written. */
  readonly input: string;
  readonly networks: readonly { readonly network: Network; readonly value: string }[];
  /** Ranges of IPv4 addresses (`ranges`), as numbers. */
  readonly ranges: readonly { readonly from: number; readonly to: number; readonly value: string }[];
  readonly otherwise: string;
  readonly position: Position;
}

/** `split_clients SOURCE $name { … }`: MurmurHash2 (seed 0) of the text; the first part whose limit is above the hash, else the last ("*" has the limit 2^32). */
export interface SplitClientsVariable {
  readonly kind: "split_clients";
  readonly name: string;
  readonly input: Template;
  readonly parts: readonly { readonly limit: number; readonly value: string }[];
  readonly position: Position;
}

/** An address with its mask: 4 or 16 octets each, address already masked. `unix` = connections over unix sockets. */
export type Network =
  | { readonly kind: "ip"; readonly octets: readonly number[]; readonly mask: readonly number[] }
  | { readonly kind: "unix" };
