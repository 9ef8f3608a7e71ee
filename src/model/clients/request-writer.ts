import type { ClientRequest, ResponseHead } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import type { Draws } from "../../engine/random/draws.ts";
import { CookieJar } from "../cookie-jar.ts";
import type { CookieScopes } from "../cookies/cookie-scope.ts";
import type { RequestPlace } from "../cookies/request-place.ts";
import type { WorldRecords } from "../world-records.ts";
import type { ClientsSpec } from "../world-spec.ts";
import type { RequestClass } from "./request-class.ts";
import { SessionLinks } from "./session-links.ts";
import { type SessionSlots, SlotField } from "./session-slots.ts";

/** What a client puts on the wire, and what it remembers from answers for that purpose: cookies and path parameters. */
export class RequestWriter {
  private readonly clients: ClientsSpec;
  private readonly classes: readonly RequestClass[];
  private readonly slots: SessionSlots;
  private readonly scopes: CookieScopes;
  private readonly sizeDraws: Draws;

  constructor(clients: ClientsSpec, records: WorldRecords, sizeDraws: Draws) {
    this.clients = clients;
    this.classes = records.classes;
    this.slots = records.slots;
    this.scopes = records.cookieScopes;
    this.sizeDraws = sizeDraws;
  }

  /** Fills a record with request `ordinal` of a session. */
  write(record: ClientRequest, nowUs: number, slot: number, ordinal: number, classIndex: number): void {
    const { slots } = this;
    const { rows } = slots;
    const at = slot << 4;
    const kind = this.classes[classIndex] as RequestClass;
    record.method = kind.spec.method;
    record.target = rows[at | SlotField.HAS_LINKS] === 0 ? kind.target : this.linkOf(slot, classIndex);
    record.host = kind.host;
    record.cookie =
      rows[at | SlotField.HEADER_PLACE] === kind.place.index
        ? (slots.header[slot] as Text | null)
        : this.askJar(nowUs, slot, kind.place);
    record.headers = kind.spec.headers;
    record.bodyBytes = kind.requestBytes(
      this.sizeDraws,
      rows[at | SlotField.CLIENT] as number,
      rows[at | SlotField.SESSION] as number,
      ordinal,
    );
    record.upgrade = kind.upgrade;
    record.keepAlive = this.clients.keepAlive;
  }

  /** Keeps the cookies of an answer, unless the client keeps none. */
  keepCookies(head: ResponseHead, slot: number, kind: RequestClass, nowUs: number): void {
    const { slots } = this;
    if (slots.rows[(slot << 4) | SlotField.WITHOUT_COOKIES] === 1) return;
    let jar = slots.jar[slot] as CookieJar | null;
    if (jar === null) {
      jar = new CookieJar();
      slots.jar[slot] = jar;
    }
    for (const line of head.setCookies) jar.store(line, kind.place, this.scopes, nowUs);
    slots.rows[(slot << 4) | SlotField.HEADER_PLACE] = -1;
  }

  /** From now on all links that the client follows carry a path parameter (";name=id.route"). */
  appendToTargets(slot: number, suffix: string): void {
    this.slots.links[slot] = new SessionLinks(this.classes, suffix);
    this.slots.rows[(slot << 4) | SlotField.HAS_LINKS] = 1;
  }

  private linkOf(slot: number, classIndex: number): Text {
    return (this.slots.links[slot] as SessionLinks).target(classIndex);
  }

  /** The header for a place; kept for the next request there, unless time alone can change it. */
  private askJar(nowUs: number, slot: number, place: RequestPlace): Text | null {
    const { slots } = this;
    const jar = slots.jar[slot] as CookieJar | null;
    const header = jar === null ? null : jar.header(place, nowUs);
    if (jar?.hasExpiry() === true) return header;
    slots.header[slot] = header;
    slots.rows[(slot << 4) | SlotField.HEADER_PLACE] = place.index;
    return header;
  }
}
