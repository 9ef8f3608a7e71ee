import type { Position } from "../../../contract/problem.ts";

/** A condition of <If>, <ElseIf> or <Else> around a directive: all of them must be as said. */
export interface Guard {
  /** httpd's expression. */
  readonly source: string;
  readonly negated: boolean;
}

/** SetEnvIf, SetEnvIfNoCase, SetEnvIfExpr or BrowserMatch. */
export interface EnvironmentRule {
  /** What is looked at: Remote_Addr, Request_URI, …, the name of a header or of a variable; null = `pattern` is an expression. */
  readonly attribute: string | null;
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** Values with $1 … left in place; null = the variable is taken away. */
  readonly sets: readonly { readonly name: string; readonly value: string | null }[];
  readonly position: Position;
}

/** Who is let in, as one Require line or a group of them says. */
export type AccessRule = (
  | { readonly kind: "all"; readonly granted: boolean }
  /** Networks as `address/bits`. */
  | { readonly kind: "ip"; readonly networks: readonly string[] }
  | { readonly kind: "local" }
  | { readonly kind: "env"; readonly names: readonly string[] }
  | { readonly kind: "method"; readonly methods: readonly string[] }
  | { readonly kind: "expr"; readonly source: string }
  | { readonly kind: "group"; readonly logic: "any" | "all"; readonly rules: readonly AccessRule[] }
) & { readonly negated: boolean };

/** Order, Allow and Deny of mod_access_compat. */
export interface OldAccess {
  readonly order: "allow,deny" | "deny,allow" | "mutual-failure";
  readonly allow: readonly OldHost[];
  readonly deny: readonly OldHost[];
}

export type OldHost =
  | { readonly kind: "all" }
  | { readonly kind: "ip"; readonly network: string }
  | { readonly kind: "env"; readonly name: string; readonly negated: boolean };

/** What a server or section says about who is let in. */
export interface AccessConfig {
  readonly require: Extract<AccessRule, { kind: "group" }> | null;
  /** How `require` joins what an outer section says. */
  readonly merging: "off" | "and" | "or";
  readonly old: OldAccess | null;
  readonly guards: readonly Guard[];
}

/** Access that <Proxy> sections give to requests for a balancer; `balancer` null = every one. */
export interface ProxyAccess {
  readonly balancer: string | null;
  readonly access: AccessConfig;
}

/** ErrorDocument: a text, a URL to which clients are sent, or a path of the server. */
export interface ErrorDocument {
  readonly kind: "text" | "url" | "path" | "default";
  readonly text: string;
  readonly position: Position;
}

/** A proxy in front of this one whose word about its client is taken (mod_remoteip). */
export interface TrustedProxy {
  /** `address/bits`. */
  readonly network: string;
  /** RemoteIPInternalProxy: addresses of private networks that it names count too. */
  readonly internal: boolean;
}

/** Redirect and RedirectMatch at server level. */
export interface RedirectRule {
  readonly match:
    | { readonly kind: "prefix"; readonly path: string }
    | { readonly kind: "regex"; readonly source: string };
  readonly status: number;
  /** Target URL or path; null = the status is the answer. */
  readonly url: string | null;
  readonly position: Position;
}
