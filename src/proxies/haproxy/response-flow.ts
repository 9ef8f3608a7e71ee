import { BreakCause, BreakPhase } from "../../contract/failure.ts";
import type { ResponseHead } from "../../contract/http-message.ts";
import type { Outbox } from "../../contract/outbox.ts";
import type { Backend } from "./backend.ts";
import type { BackendConnections } from "./backend-connections.ts";
import type { ErrorPage } from "./config/haproxy-config.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { HealthChecks } from "./health-checks.ts";
import type { OwnAnswers } from "./own-answers.ts";
import { relayedCookies } from "./persistence-cookie.ts";
import { redirectLocation } from "./redirect.ts";
import { applyResponseRules, isVerdict, type ResponseVerdict } from "./rules/response-rules.ts";
import type { ProxyFigures } from "./samples/fetch.ts";
import { formatText } from "./samples/format-text.ts";
import type { Server } from "./server.ts";
import type { StickRules } from "./stick-rules.ts";
import { Phase, type Stream } from "./stream.ts";
import type { StreamEnd, StreamFlow } from "./stream-flow.ts";

/** Who is told that a stream is over. */
export interface StreamOwner {
  finished(nowUs: number, stream: Stream): void;
}

/** From a server's answer to the client's, and all other ends of a stream (src/http_ana.c, 2.6.12; spec/haproxy.md 9). */
export class ResponseFlow implements StreamEnd {
  owner!: StreamOwner;
  /** Told of each stream that did not end well, with the first two letters of its termination state. */
  terminated: ((nowUs: number, stream: Stream, code: string) => void) | null = null;
  private readonly outbox: Outbox;
  private readonly flow: StreamFlow;
  private readonly dispatcher: Dispatcher;
  private readonly links: BackendConnections;
  private readonly checks: HealthChecks;
  private readonly answers: OwnAnswers;
  private readonly sticks: StickRules;
  private readonly figures: ProxyFigures;

  constructor(
    outbox: Outbox,
    flow: StreamFlow,
    dispatcher: Dispatcher,
    links: BackendConnections,
    checks: HealthChecks,
    answers: OwnAnswers,
    sticks: StickRules,
    figures: ProxyFigures,
  ) {
    this.outbox = outbox;
    this.flow = flow;
    this.dispatcher = dispatcher;
    this.links = links;
    this.checks = checks;
    this.answers = answers;
    this.sticks = sticks;
    this.figures = figures;
  }

  head(nowUs: number, stream: Stream, head: ResponseHead): void {
    const out = this.receive(nowUs, stream, head);
    if (out === null) return;
    stream.headSent = true;
    if (head.status === 101) {
      stream.phase = Phase.TUNNEL;
      stream.staysOpen = false;
      this.outbox.relayHead(stream.id, out, false);
      this.outbox.tunnel(stream.id);
      return;
    }
    stream.phase = Phase.BODY;
    this.outbox.relayHead(stream.id, out, stream.staysOpen);
  }

  body(stream: Stream, bytes: number): void {
    if (stream.phase === Phase.BODY) this.outbox.relayBody(stream.id, bytes);
  }

  end(nowUs: number, stream: Stream): void {
    if (stream.phase !== Phase.BODY) return;
    this.outbox.relayEnd(stream.id);
    this.releaseLink(nowUs, stream);
    this.finish(nowUs, stream, "--");
  }

  answered(nowUs: number, stream: Stream, head: ResponseHead, bytes: number): void {
    if (head.status === 101) {
      this.head(nowUs, stream, head);
      return;
    }
    const out = this.receive(nowUs, stream, head);
    if (out === null) return;
    this.outbox.relay(stream.id, out, bytes, stream.staysOpen);
    this.releaseLink(nowUs, stream);
    this.finish(nowUs, stream, "--");
  }

  /** Judges the head and makes the client's out of it; null = it is not passed on. */
  private receive(nowUs: number, stream: Stream, head: ResponseHead): ResponseHead | null {
    const server = stream.server as Server;
    const { config } = server.backend;
    // What is tried again counts for no health (src/http_ana.c, http_wait_for_response, 2.6.12).
    if (config.retryOn.statuses.includes(head.status) && this.mayRetry(stream)) {
      this.retryElsewhere(nowUs, stream);
      return null;
    }
    this.checks.answered(nowUs, server, head.status);
    if (stream.phase === Phase.NONE) return null;
    const at = Math.min(5, Math.floor(head.status / 100));
    server.statuses[at] = (server.statuses[at] as number) + 1;
    stream.response = head;
    stream.backendKeepsOpen = head.keepAlive;
    this.sticks.store(nowUs, stream);
    let out: ResponseHead | ResponseVerdict = applyResponseRules(config.responseRules, stream, head, this.figures);
    if (!isVerdict(out)) out = applyResponseRules(stream.frontend.responseRules, stream, out, this.figures);
    if (!isVerdict(out) && config.cookie !== null)
      out = relayedCookies(stream, out, config.cookie, server, server.backend.second);
    if (!isVerdict(out)) out = applyResponseRules(config.afterResponseRules, stream, out, this.figures);
    if (!isVerdict(out)) out = applyResponseRules(stream.frontend.afterResponseRules, stream, out, this.figures);
    if (!isVerdict(out)) return out;
    // The server's answer is thrown away, and its connection with it.
    this.flow.closeLink(stream);
    this.giveVerdict(nowUs, stream, out);
    return null;
  }

  broken(nowUs: number, stream: Stream, phase: number, cause: number): void {
    const server = stream.server as Server;
    const timedOut = cause === BreakCause.TIMEOUT;
    if (timedOut) this.flow.closeLink(stream);
    else if (stream.link !== null) this.links.lost(stream.link);
    stream.link = null;
    if (phase === BreakPhase.BODY) {
      this.cut(nowUs, stream, timedOut ? "sD" : "SD");
      return;
    }
    const { retryOn } = server.backend.config;
    if ((timedOut ? retryOn.responseTimeout : retryOn.emptyResponse) && this.mayRetry(stream)) {
      this.retryElsewhere(nowUs, stream);
      return;
    }
    // A later request whose connection breaks is the client's to repeat and no error of the server (abort_keep_alive).
    if (timedOut || stream.connection.requests === 1) {
      server.responseErrors++;
      this.checks.answered(nowUs, server, 0);
    }
    if (stream.phase !== Phase.NONE) this.fail(nowUs, stream, timedOut ? 504 : 502, timedOut ? "sH" : "SH");
  }

  /** An L7 retry: the request must have fitted into a buffer (spec/haproxy.md 9). */
  private mayRetry(stream: Stream): boolean {
    return (
      stream.retriesLeft > 0 &&
      !stream.noL7Retry &&
      stream.forward.headBytes + stream.what.bodyBytes <= this.bufferBytes
    );
  }

  bufferBytes = 16_384;

  private retryElsewhere(nowUs: number, stream: Stream): void {
    this.flow.closeLink(stream);
    this.flow.endAttempt(stream);
    this.flow.retry(nowUs, stream, false);
  }

  tunnelClosed(nowUs: number, stream: Stream): void {
    if (stream.link !== null) this.links.lost(stream.link);
    stream.link = null;
    this.cut(nowUs, stream, "--");
  }

  /** The client's connection is closed, whatever had been sent. */
  private cut(nowUs: number, stream: Stream, code: string): void {
    stream.staysOpen = false;
    this.outbox.drop(stream.connection.id);
    this.finish(nowUs, stream, code);
  }

  /** on-marked-down shutdown-sessions. */
  kill(nowUs: number, stream: Stream): void {
    this.flow.closeLink(stream);
    if (stream.headSent) this.cut(nowUs, stream, "DD");
    else this.fail(nowUs, stream, 502, "DH");
  }

  /** StreamEnd: an answer of the proxy. */
  fail(nowUs: number, stream: Stream, status: number, code: string): void {
    this.flow.closeLink(stream);
    // On a later request of a connection a client is expected to try again by itself (spec/haproxy.md 9).
    const isSilent = (code === "SH" || code === "sC") && stream.connection.requests > 1;
    if (isSilent) {
      this.cut(nowUs, stream, code);
      return;
    }
    const { head, page } = this.answers.error(status, this.pageOf(stream, status));
    this.reply(nowUs, stream, head, page, code);
  }

  pageOf(stream: Stream, status: number): ErrorPage | null {
    const pages = [...(stream.backend?.config.errorPages ?? []), ...stream.frontend.errorPages];
    return pages.find((each) => each.status === status) ?? null;
  }

  /** Carries out a rule that answers by itself, on the request or on the answer. */
  giveVerdict(nowUs: number, stream: Stream, verdict: ResponseVerdict): void {
    const code = stream.response === null ? "LR" : "LH";
    if (verdict.kind === "redirect") {
      const location = redirectLocation(verdict, stream, this.figures);
      const cookie = verdict.setCookie === null ? [] : [{ name: "Set-Cookie", value: verdict.setCookie }];
      this.reply(nowUs, stream, this.answers.head(verdict.code, cookie, location), 0, code);
    } else if (verdict.kind === "return") {
      const text = verdict.body === null ? "" : formatText(verdict.body, stream, this.figures);
      const headers = verdict.headers.map(({ name, value }) => ({
        name,
        value: formatText(value, stream, this.figures),
      }));
      if (verdict.contentType !== null) headers.push({ name: "content-type", value: verdict.contentType });
      const head = this.answers.head(verdict.status, headers, null);
      this.reply(nowUs, stream, head, this.answers.pageOf(text), code);
    } else this.fail(nowUs, stream, verdict.status, stream.response === null ? "PR" : "PH");
  }

  reply(nowUs: number, stream: Stream, head: ResponseHead, page: number, code: string): void {
    this.outbox.reply(stream.id, head, page, stream.staysOpen);
    this.finish(nowUs, stream, code);
  }

  /** No answer, the connection is closed. */
  reject(nowUs: number, stream: Stream): void {
    this.cut(nowUs, stream, "PR");
  }

  /** StreamEnd: the client has gone. */
  abandon(nowUs: number, stream: Stream): void {
    this.flow.closeLink(stream);
    stream.staysOpen = false;
    this.finish(nowUs, stream, "CH");
  }

  private releaseLink(nowUs: number, stream: Stream): void {
    const { link } = stream;
    if (link === null) return;
    stream.link = null;
    const { backend, connection, frontend } = stream;
    const mode = (backend as Backend).config.connectionMode;
    if (!stream.backendKeepsOpen || mode !== "keep-alive" || frontend.connectionMode !== "keep-alive")
      this.links.close(link);
    else this.links.give(nowUs, link, connection);
  }

  private finish(nowUs: number, stream: Stream, code: string): void {
    if (code !== "--") this.terminated?.(nowUs, stream, code);
    this.flow.endAttempt(stream);
    this.sticks.drop(stream);
    if (stream.phase === Phase.QUEUE) this.dispatcher.leaveQueue(stream);
    const { backend } = stream;
    stream.phase = Phase.NONE;
    this.outbox.done(stream.id);
    if (backend !== null) backend.connections--;
    // The slot goes to who waits for it before the client's place goes to the next client.
    this.dispatcher.release(nowUs, stream);
    stream.lastServer = stream.server;
    stream.server = null;
    this.owner.finished(nowUs, stream);
  }
}
