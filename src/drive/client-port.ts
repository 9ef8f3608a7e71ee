import type { ResponseHead } from "../contract/http-message.ts";
import { Action } from "../contract/outbox.ts";
import { Listen } from "../contract/proxy-machine.ts";
import type { ClientSide } from "../model/sides.ts";
import type { BackendPort } from "./backend-port.ts";
import { ClientEnd, type ClientLinks, LinkField, RequestField } from "./client-links.ts";
import { Priority } from "./event-order.ts";
import type { Hub } from "./hub.ts";
import { Message, type Messages } from "./messages.ts";

const NOTHING = -1;

/**
 * The proxy's front: carries what the machine says to clients, and tells the machine what clients do. Without latency a
 * client is told at once; with latency by a message.
 */
export class ClientPort {
  private readonly hub: Hub;
  private readonly links: ClientLinks;
  private readonly clients: ClientSide;
  private readonly backendPort: BackendPort;
  private readonly messages: Messages;
  private readonly hopUs: number;
  /** Requests whose head said that the connection closes after the answer; only answers that come in parts. */
  private readonly closing = new Set<number>();

  constructor(
    hub: Hub,
    links: ClientLinks,
    clients: ClientSide,
    backendPort: BackendPort,
    messages: Messages,
    hopUs: number,
  ) {
    this.hub = hub;
    this.links = links;
    this.clients = clients;
    this.backendPort = backendPort;
    this.messages = messages;
    this.hopUs = hopUs;
  }

  relay(request: number, head: ResponseHead, bytes: number, staysOpen: boolean, page: number): void {
    const { links } = this;
    const connection = links.requestRows[(request << 2) | RequestField.CONNECTION] as number;
    if (!staysOpen) links.release(connection, ClientEnd.PROXY);
    if (((links.requestRows[(request << 2) | RequestField.HELD_BY] as number) & 1) === 0) return;
    if (this.hopUs === 0) this.answered(request, head, bytes, staysOpen, page);
    else
      this.messages.post(
        this.hub.nowUs,
        this.hopUs,
        Priority.ARRIVAL,
        Message.ANSWER,
        request,
        links.requestRows[(request << 2) | RequestField.GENERATION] as number,
        staysOpen ? 1 : 0,
        page,
        bytes,
        head,
      );
  }

  relayPart(kind: number, request: number, staysOpen: number, bytes: number, head: ResponseHead | null): void {
    const { links } = this;
    const connection = links.requestRows[(request << 2) | RequestField.CONNECTION] as number;
    if (kind === Action.RELAY_HEAD) this.closesAfter(request, staysOpen === 0);
    if (kind === Action.RELAY_END && this.closing.has(request)) links.release(connection, ClientEnd.PROXY);
    const type =
      kind === Action.RELAY_HEAD
        ? Message.ANSWER_HEAD
        : kind === Action.RELAY_BODY
          ? Message.ANSWER_BODY
          : Message.ANSWER_END;
    if (((links.requestRows[(request << 2) | RequestField.HELD_BY] as number) & 1) === 0) return;
    const stays = this.closing.has(request) ? 0 : 1;
    if (this.hopUs === 0) this.partArrived(type, request, stays, bytes, head);
    else
      this.messages.post(
        this.hub.nowUs,
        this.hopUs,
        Priority.ARRIVAL,
        type,
        request,
        links.requestRows[(request << 2) | RequestField.GENERATION] as number,
        stays,
        0,
        bytes,
        head,
      );
  }

  private closesAfter(request: number, closes: boolean): void {
    if (closes) this.closing.add(request);
    else this.closing.delete(request);
  }

  /** Answers a connection on which no request came whole, and closes it. */
  refuse(connection: number, head: ResponseHead, page: number): void {
    const { links } = this;
    const flags = links.rows[(connection << 3) | LinkField.FLAGS] as number;
    const generation = links.rows[(connection << 3) | LinkField.GENERATION] as number;
    links.release(connection, ClientEnd.PROXY);
    if ((flags & ClientEnd.CLIENT) === 0) return;
    if (this.hopUs === 0) this.refused(connection, head, page);
    else
      this.messages.post(
        this.hub.nowUs,
        this.hopUs,
        Priority.ARRIVAL,
        Message.REFUSED,
        connection,
        generation,
        0,
        page,
        0,
        head,
      );
  }

  drop(connection: number): void {
    const { links } = this;
    const flags = links.rows[(connection << 3) | LinkField.FLAGS] as number;
    if (flags < 0 || (flags & ClientEnd.PROXY) === 0) return;
    const generation = links.rows[(connection << 3) | LinkField.GENERATION] as number;
    links.release(connection, ClientEnd.PROXY);
    if ((flags & ClientEnd.CLIENT) === 0) return;
    if (this.hopUs === 0) this.dropped(connection);
    else this.messages.post(this.hub.nowUs, this.hopUs, Priority.ARRIVAL, Message.DROPPED, connection, generation);
  }

  deliverFromClient(type: number, connection: number, generation: number, c: number): void {
    const { links } = this;
    if (links.rows[(connection << 3) | LinkField.GENERATION] !== generation) {
      return;
    }
    switch (type) {
      case Message.SYN:
        this.synArrived(connection, c);
        return;
      case Message.REQUEST:
        if (((links.rows[(connection << 3) | LinkField.FLAGS] as number) & ClientEnd.PROXY) === 0)
          links.proxyFinished(c);
        else {
          this.hub.machine.requestArrived(this.hub.nowUs, connection, c, links.what[c] as (typeof links.what)[number]);
          this.hub.carryOut();
        }
        return;
      case Message.HEAD_STARTED:
        if (((links.rows[(connection << 3) | LinkField.FLAGS] as number) & ClientEnd.PROXY) === 0) return;
        this.hub.machine.headStarted(this.hub.nowUs, connection);
        this.hub.carryOut();
        return;
      default:
        this.clientClosed(connection);
    }
  }

  private synArrived(connection: number, repeated: number): void {
    const { links } = this;
    const answer = this.hub.machine.connectionArrived(
      this.hub.nowUs,
      connection,
      links.remote[connection] as string,
      links.rows[(connection << 3) | LinkField.LISTENER] as number,
      repeated,
    );
    if (answer === Listen.DROPPED) {
      this.hub.carryOut();
      links.repeatSyn(connection, repeated);
      return;
    }
    links.rows[(connection << 3) | LinkField.FLAGS] =
      (links.rows[(connection << 3) | LinkField.FLAGS] as number) | ClientEnd.PROXY;
    if (this.hopUs === 0) this.established(connection);
    else
      this.messages.post(
        this.hub.nowUs,
        this.hopUs,
        Priority.ARRIVAL,
        Message.ESTABLISHED,
        connection,
        links.rows[(connection << 3) | LinkField.GENERATION] as number,
      );
    // The kernel has established the connection before the proxy can do anything with it, such as closing it.
    this.hub.carryOut();
  }

  private established(connection: number): void {
    if (((this.links.rows[(connection << 3) | LinkField.FLAGS] as number) & ClientEnd.CLIENT) === 0) return;
    this.clients.connected(this.hub.nowUs, connection);
    this.links.established(connection);
  }

  private clientClosed(connection: number): void {
    const { links } = this;
    if (((links.rows[(connection << 3) | LinkField.FLAGS] as number) & ClientEnd.PROXY) === 0) return;
    this.backendPort.closeTunnelOf(connection);
    this.hub.machine.clientGone(this.hub.nowUs, connection);
    links.rows[(connection << 3) | LinkField.FLAGS] =
      (links.rows[(connection << 3) | LinkField.FLAGS] as number) & ~ClientEnd.PROXY;
    this.hub.carryOut();
    links.release(connection, ClientEnd.PROXY);
  }

  deliverToClient(
    type: number,
    a: number,
    b: number,
    c: number,
    d: number,
    amount: number,
    ref: ResponseHead | null,
  ): void {
    const { links } = this;
    const isOfConnection = type === Message.DROPPED || type === Message.ESTABLISHED || type === Message.REFUSED;
    const generation = isOfConnection
      ? links.rows[(a << 3) | LinkField.GENERATION]
      : links.requestRows[(a << 2) | RequestField.GENERATION];
    if (generation !== b) return;
    if (type === Message.ESTABLISHED) this.established(a);
    else if (type === Message.DROPPED) this.dropped(a);
    else if (type === Message.REFUSED) this.refused(a, ref as ResponseHead, d);
    else if (((links.requestRows[(a << 2) | RequestField.HELD_BY] as number) & 1) === 0) return;
    else if (type === Message.ANSWER) this.answered(a, ref as ResponseHead, amount, c === 1, d);
    else this.partArrived(type, a, c, amount, ref);
  }

  private answered(request: number, head: ResponseHead, bytes: number, staysOpen: boolean, page: number): void {
    const { links } = this;
    const connection = links.requestRows[(request << 2) | RequestField.CONNECTION] as number;
    links.rows[(connection << 3) | LinkField.CURRENT] = NOTHING;
    this.clients.answered(this.hub.nowUs, request, head, bytes, staysOpen, page);
    links.clientFinished(request);
    if (!staysOpen) links.release(connection, ClientEnd.CLIENT);
  }

  private partArrived(type: number, request: number, stays: number, bytes: number, head: ResponseHead | null): void {
    const { links } = this;
    const connection = links.requestRows[(request << 2) | RequestField.CONNECTION] as number;
    if (type === Message.ANSWER_HEAD) this.clients.answerHead(this.hub.nowUs, request, head as ResponseHead);
    else if (type === Message.ANSWER_BODY) this.clients.answerBody(this.hub.nowUs, request, bytes);
    else {
      links.rows[(connection << 3) | LinkField.CURRENT] = NOTHING;
      this.clients.answerEnd(this.hub.nowUs, request, stays === 1);
      links.clientFinished(request);
      if (stays === 0) links.release(connection, ClientEnd.CLIENT);
    }
  }

  private refused(connection: number, head: ResponseHead, page: number): void {
    this.clients.refused(this.hub.nowUs, connection, head, page);
    this.links.release(connection, ClientEnd.CLIENT);
  }

  private dropped(connection: number): void {
    const { links } = this;
    if (((links.rows[(connection << 3) | LinkField.FLAGS] as number) & ClientEnd.CLIENT) === 0) return;
    const request = links.rows[(connection << 3) | LinkField.CURRENT] as number;
    links.rows[(connection << 3) | LinkField.CURRENT] = NOTHING;
    this.clients.closed(this.hub.nowUs, connection, request);
    links.clientFinished(request);
    links.release(connection, ClientEnd.CLIENT);
  }
}
