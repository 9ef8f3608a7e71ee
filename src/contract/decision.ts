/** One member in one decision, in the words of its proxy's status page. */
export interface Candidate {
  readonly member: number;
  /** Why the member was not considered, in words; null when it was. */
  readonly excluded: string | null;
  /** What the method compared, in order of importance, before and after the pick. */
  readonly scores: readonly { readonly name: string; readonly before: number; readonly after: number }[];
}

/** Why one attempt of one request went where it went. Made only while somebody listens. */
export interface Decision {
  readonly nowUs: number;
  readonly request: number;
  /** 0 for the first attempt of the request. */
  readonly ordinal: number;
  /** Balancer, upstream or backend section by its own name. */
  readonly group: string;
  /** lbmethod by its own name; "session" when stickiness decided. */
  readonly method: string;
  /** What stickiness found, in words; null when it was not asked. */
  readonly sticky: string | null;
  /** lbset, tier or priority that supplied the candidates, in words. */
  readonly tier: string | null;
  readonly candidates: readonly Candidate[];
  /** Index of the member that won; -1 when there was none. */
  readonly winner: number;
  /** How a tie or the absence of a winner was decided, in words. */
  readonly rule: string;
}
