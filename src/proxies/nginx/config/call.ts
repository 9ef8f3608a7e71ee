import type { ConfNode } from "./conf-node.ts";
import type { LocationDraft, ServerDraft, UpstreamDraft } from "./drafts.ts";
import type { Reader } from "./reader.ts";
import type { Scope } from "./scope.ts";

/** What a directive is carried out with. */
export interface Call {
  readonly reader: Reader;
  readonly scope: Scope;
  readonly node: ConfNode;
  readonly args: readonly string[];
  /** The blocks around it, null outside of them. */
  readonly server: ServerDraft | null;
  readonly location: LocationDraft | null;
  readonly upstream: UpstreamDraft | null;
  /** Carries out the directives of its block. */
  walk(scope: Scope, blocks: Partial<Pick<Call, "server" | "location" | "upstream">>): void;
}

/** Carries out one directive. A text that it returns is what nginx says about it: `"NAME" directive TEXT`. */
export type Handler = (call: Call) => string | undefined;
