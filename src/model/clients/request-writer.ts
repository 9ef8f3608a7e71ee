import type { ClientRequest, ResponseHead } from "../../contract/http-message.ts";
import type { Draws } from "../../engine/random/draws.ts";
import { CookieJar } from "../cookie-jar.ts";
import type { CookieScopes } from "../cookies/cookie-scope.ts";
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
    const kind = this.classes[classIndex] as RequestClass;
    const jar = slots.jar[slot] as CookieJar | null;
    record.method = kind.spec.method;
    const links = slots.links[slot] as SessionLinks | null;
    record.target = links === null ? kind.target : links.target(classIndex);
    record.host = kind.host;
    record.cookie = jar === null ? null : jar.header(kind.place, nowUs);
    record.headers = kind.spec.headers;
    record.bodyBytes = kind.requestBytes(
      this.sizeDraws,
      slots.rows[(slot << 4) | SlotField.CLIENT] as number,
      slots.rows[(slot << 4) | SlotField.SESSION] as number,
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
  }

  /** From now on all links that the client follows carry a path parameter (";name=id.route"). */
  appendToTargets(slot: number, suffix: string): void {
    this.slots.links[slot] = new SessionLinks(this.classes, suffix);
  }
}
