import { NO_HEADERS, NO_TEXTS, type ResponseHead } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import { reasonPhrase } from "./reason-phrase.ts";

/** The heads that a backend answers with: one object per status, made when first used; only Set-Cookie makes a new one. */
export class AnswerHeads {
  private readonly byStatus: (ResponseHead | undefined)[] = [];
  private readonly ok: ResponseHead;
  private readonly keepAlive: boolean;

  constructor(keepAlive: boolean) {
    this.keepAlive = keepAlive;
    this.ok = makeHead(200, NO_TEXTS, keepAlive);
  }

  of(status: number): ResponseHead {
    if (status === 200) return this.ok;
    const known = this.byStatus[status];
    if (known !== undefined) return known;
    const head = makeHead(status, NO_TEXTS, this.keepAlive);
    this.byStatus[status] = head;
    return head;
  }

  withCookie(status: number, line: Text): ResponseHead {
    return makeHead(status, [line], this.keepAlive);
  }
}

function makeHead(status: number, setCookies: readonly Text[], keepAlive: boolean): ResponseHead {
  return { status, reason: reasonPhrase(status), setCookies, location: null, headers: NO_HEADERS, keepAlive };
}
