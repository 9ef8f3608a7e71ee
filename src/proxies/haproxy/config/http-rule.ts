import type { Position } from "../../../contract/problem.ts";
import type { Condition, FormatString, MatchMethod, SampleExpression } from "./sample-expression.ts";

/** `redirect location|prefix|scheme TO [code N] [drop-query] [append-slash] [set-cookie C[=V]] [clear-cookie C[=]]`. */
export interface RedirectAction {
  readonly kind: "redirect";
  readonly how: "location" | "prefix" | "scheme";
  readonly to: FormatString;
  /** Default 302. */
  readonly code: number;
  readonly dropQuery: boolean;
  readonly appendSlash: boolean;
  readonly ignoreEmpty: boolean;
  /** The whole Set-Cookie value that goes with it, or null. */
  readonly setCookie: string | null;
}

/** `return`, `deny` and `tarpit`: the proxy's own answer. */
export interface AnswerAction {
  readonly kind: "return" | "deny" | "tarpit";
  /** Default: return 200, deny 403, tarpit 500, deny of a response 502. */
  readonly status: number;
  readonly contentType: string | null;
  /** Text of the body; null = the error page of the status (deny, tarpit) or an empty body (return). */
  readonly body: FormatString | null;
  readonly headers: readonly { readonly name: string; readonly value: FormatString }[];
}

/** What a rule does when its condition holds (manual 4.2, http-request, http-response, http-after-response). */
export type HttpAction =
  | { readonly kind: "allow" | "reject" | "disable-l7-retry" }
  | { readonly kind: "auth"; readonly realm: string }
  | RedirectAction
  | AnswerAction
  | { readonly kind: "set-header" | "add-header"; readonly name: string; readonly value: FormatString }
  | { readonly kind: "del-header"; readonly name: string; readonly match: MatchMethod }
  | {
      readonly kind: "replace-header" | "replace-value";
      readonly name: string;
      readonly regex: string;
      readonly value: FormatString;
    }
  | {
      readonly kind: "set-path" | "set-pathq" | "set-query" | "set-uri" | "set-method";
      readonly value: FormatString;
    }
  | {
      readonly kind: "replace-path" | "replace-pathq" | "replace-uri";
      readonly regex: string;
      readonly value: FormatString;
    }
  | { readonly kind: "set-status"; readonly status: number; readonly reason: string | null }
  | { readonly kind: "set-var"; readonly name: string; readonly sample: SampleExpression }
  | { readonly kind: "set-var-fmt"; readonly name: string; readonly value: FormatString }
  | { readonly kind: "unset-var"; readonly name: string }
  | { readonly kind: "set-src"; readonly sample: SampleExpression };

/** One rule; rules are evaluated in order until one ends the evaluation. Rules that are passed over are left out. */
export interface HttpRule {
  readonly action: HttpAction;
  readonly condition: Condition | null;
  readonly position: Position;
}
