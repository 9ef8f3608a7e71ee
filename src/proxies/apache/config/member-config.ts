import type { MemberConfig } from "./apache-config.ts";
import type { WorkerDraft } from "./drafts.ts";

/** Letters in the order of the manager's text (spec/apache.md 9). */
const STATUS_ORDER = "INGUDSEHRFC";

/** A member with its status letters in one text. */
export function assembleMember(draft: WorkerDraft): MemberConfig {
  const { flags, healthCheck, ...rest } = draft;
  const status = [...STATUS_ORDER].filter((letter) => flags.has(letter)).join("");
  return { ...rest, status, healthCheck: { ...healthCheck } };
}
