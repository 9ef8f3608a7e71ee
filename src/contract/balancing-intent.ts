import type { Position } from "./problem.ts";

/** How a group chooses; `words` in each is the spelling of the family that it was read from. */
export type ElectionIntent =
  /** In turn by weight. `order` = how turns of unequal weights follow each other. */
  | { readonly kind: "requests"; readonly words: string }
  /** Fewest requests in flight. `weighted` = the weight divides them; else it only breaks ties or counts for nothing. */
  | { readonly kind: "connections"; readonly words: string; readonly weighted: boolean }
  /** Fewest bytes by weight. */
  | { readonly kind: "bytes"; readonly words: string }
  /** Quickest answers. */
  | { readonly kind: "response-time"; readonly words: string }
  /** Load that the members report. */
  | { readonly kind: "reported-load"; readonly words: string }
  /** `draws` members by chance, then the least busy of them. */
  | { readonly kind: "random"; readonly words: string; readonly draws: number }
  /** The first in the list that can take the request. */
  | { readonly kind: "first"; readonly words: string }
  | { readonly kind: "hash"; readonly words: string; readonly key: KeyIntent; readonly consistent: boolean };

/** What of a request is hashed or remembered. */
export type KeyIntent =
  | { readonly kind: "address" }
  /** `query` = the arguments belong to it. */
  | { readonly kind: "uri"; readonly query: boolean }
  | { readonly kind: "cookie" | "header" | "parameter"; readonly name: string }
  /** Something that no other family can name. */
  | { readonly kind: "other"; readonly text: string };

/** How the requests of a session stay together. */
export type StickinessIntent =
  /** The application's session id ends with a separator and the member's route: "id.node1". */
  | {
      readonly kind: "route-suffix";
      readonly cookie: string;
      /** Path parameter that carries the id too, "" when none. */
      readonly parameter: string;
      readonly separator: string;
      readonly position: Position;
    }
  /** The proxy sets a cookie of its own that names the member. */
  | { readonly kind: "own-cookie"; readonly cookie: string; readonly position: Position }
  /** The proxy writes the member's name before (prefix) or over (rewrite) the application's cookie. */
  | {
      readonly kind: "marked-cookie";
      readonly cookie: string;
      readonly how: "prefix" | "rewrite";
      readonly position: Position;
    }
  /** A cookie of the application has the member's name as its whole value. */
  | { readonly kind: "read-cookie"; readonly cookie: string; readonly position: Position }
  /** The proxy remembers which member a key went to. */
  | {
      readonly kind: "table";
      readonly key: KeyIntent;
      /** 0 = for ever. */
      readonly expireUs: number;
      /** Entries at most. */
      readonly size: number;
      readonly words: string;
      readonly position: Position;
    };

/** When a member is left out after failures of requests (not of checks). */
export interface OutIntent {
  readonly afterFails: number;
  readonly forUs: number;
}

/** Health checks that the proxy makes by itself. */
export interface CheckIntent {
  readonly kind: "tcp" | "http";
  readonly method: string;
  readonly uri: string;
  readonly intervalUs: number;
  /** Good checks that bring a member back. */
  readonly rise: number;
  /** Bad checks that take it out. */
  readonly fall: number;
  /** null = the family's own. */
  readonly timeoutUs: number | null;
  /** Status words as "200", "2xx", "200-399"; [] = 200-399. */
  readonly statuses: readonly string[];
}

/** A member, whatever its family calls it. */
export interface MemberIntent {
  /** Unique in its group: server name, route, or "member1". */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly weight: number;
  /** What sessions carry for it; "" = none. */
  readonly route: string;
  /** 0 is preferred; a higher tier is used when no member of a lower one can be. */
  readonly tier: number;
  /** Steps in for one member that fails, one for one. */
  readonly isSpare: boolean;
  readonly state: "in-service" | "disabled" | "draining";
  /** Requests or connections at once; 0 = no limit. */
  readonly mostConnections: number;
  readonly slowStartUs: number;
  readonly out: OutIntent | null;
  readonly check: CheckIntent | null;
  readonly position: Position;
}

/** What becomes of a request whose attempt failed. */
export interface FailoverIntent {
  /** Attempts in all; null = every member once. */
  readonly attempts: number | null;
  /** A further attempt goes to another member. */
  readonly elsewhere: boolean;
  /** Failed attempts after which there is another one; refused connections and connect timeouts always count. */
  readonly again: {
    readonly closed: boolean;
    readonly silence: boolean;
    readonly statuses: readonly number[];
    /** Also for POST, LOCK and PATCH that were sent. */
    readonly unsafe: boolean;
  };
  /** Statuses of answers that count as a failure of the member. */
  readonly badStatuses: readonly number[];
  /** Silence counts as a failure of the member. */
  readonly silenceCounts: boolean;
  /** A session whose member is out gets an error, not another member. */
  readonly staysWithMember: boolean;
  /** When all members are out, all are tried again. */
  readonly forced: boolean;
  readonly position: Position;
}

/** Times of a group; null = no limit. */
export interface TimeoutsIntent {
  readonly connectUs: number | null;
  /** Longest silence while an answer is waited for or read. */
  readonly silenceUs: number | null;
  /** How long a request waits for a member that can take it; 0 = not at all. */
  readonly waitUs: number | null;
}

/** A header of the forwarded request. */
export interface HeaderIntent {
  readonly name: string;
  /** "" = the header is removed. */
  readonly value: string | { readonly fact: "client-address" | "scheme" | "host" };
  readonly position: Position;
}

/** A balancer, upstream, backend section or reverse_proxy. */
export interface GroupIntent {
  /** Letters, digits, "_", "-" and "." only; unique. */
  readonly name: string;
  readonly election: ElectionIntent;
  readonly members: readonly MemberIntent[];
  readonly stickiness: StickinessIntent | null;
  readonly failover: FailoverIntent;
  readonly timeouts: TimeoutsIntent;
  /** Members are spoken to over TLS. */
  readonly tls: boolean;
  /** Host that members see. */
  readonly host: "of-client" | "of-member" | "of-group";
  /** X-Forwarded-For is added. */
  readonly forwardedFor: boolean;
  readonly headers: readonly HeaderIntent[];
  /** WebSocket and the like pass. */
  readonly upgrades: boolean;
  /** Idle connections to members are kept and used again. */
  readonly keepsConnections: boolean;
  readonly position: Position;
}

/** `wholeParts` = "/app" stands for /app and what lies below it, not for /application. */
export type PathIntent =
  | { readonly kind: "prefix"; readonly path: string; readonly wholeParts: boolean }
  | { readonly kind: "exact"; readonly path: string }
  | { readonly kind: "regex"; readonly source: string };

/** Where requests for a path go; of several that match the first counts. */
export interface RouteIntent {
  readonly match: PathIntent;
  readonly to:
    | {
        readonly kind: "group";
        readonly group: string;
        /** Takes the place of the matched prefix; null = the path stays. */
        readonly path: string | null;
      }
    | {
        readonly kind: "answer";
        readonly status: number;
        /** Redirect there; null = no redirect. */
        readonly location: string | null;
      };
  readonly position: Position;
}

/** A virtual host, server block, frontend or site. */
export interface SiteIntent {
  readonly listens: readonly { readonly host: string; readonly port: number; readonly tls: boolean }[];
  /** Host names; [] = any. The first site of a socket also takes what no name matches, see `takesRest`. */
  readonly names: readonly string[];
  /** Requests for other names come here too. */
  readonly takesRest: boolean;
  readonly routes: readonly RouteIntent[];
  /** Status for a path that no route matches. */
  readonly unmatchedStatus: number;
  readonly position: Position | null;
}

/** Something of the configuration that this model can't hold. */
export interface LeftOut {
  /** As written, or in words. */
  readonly what: string;
  readonly position: Position | null;
}

/**
 * What a configuration wants of its balancing, in no family's words: what `lbsim convert` carries from one family to
 * another. Lossy on purpose; what is lost on the way in stands in `leftOut`, what is lost on the way out in `Remark`s.
 */
export interface BalancingIntent {
  /** Name of the family that it was read from. */
  readonly family: string;
  readonly groups: readonly GroupIntent[];
  readonly sites: readonly SiteIntent[];
  /** Client connections at once; null = not said. */
  readonly mostClients: number | null;
  readonly leftOut: readonly LeftOut[];
}

/** A place of a written configuration where the meaning could not be kept. */
export interface Remark {
  /** Stable kebab-case kind, explained in docs/how-to/convert-a-configuration.md. */
  readonly code: string;
  /** What is different, and why. */
  readonly message: string;
  /** Where the source says it. */
  readonly position: Position | null;
  /** Line of the written text that the comment stands on, from 1. */
  readonly line: number;
}

/** A configuration as text, with a comment at each remark. */
export interface WrittenConfiguration {
  readonly text: string;
  readonly remarks: readonly Remark[];
}
