import { md5 } from "../shared/md5.ts";
import type { StickyConfig } from "./config/upstream-config.ts";
import type { PeerLine } from "./peer-list.ts";

const ids = new WeakMap<PeerLine, string>();

/** What sticky methods call a peer: its `route=`, else the MD5 of its address (spec/nginx-plus.md (b)). */
export function peerId(peer: PeerLine): string {
  let id = ids.get(peer);
  if (id === undefined) {
    id = peer.line.route === "" ? md5(peer.address) : peer.line.route;
    ids.set(peer, id);
  }
  return id;
}

/** The Set-Cookie of `sticky cookie`, which every answer carries, whatever the client sent. */
export function stickyCookie(
  config: Extract<StickyConfig, { kind: "cookie" }>,
  id: string,
  texts: { readonly domain: string; readonly path: string; readonly samesite: string },
): string {
  const attributes = [
    config.expiresS === null
      ? ""
      : config.expiresS === "max"
        ? "; expires=Thu, 31-Dec-37 23:55:55 GMT; max-age=315360000"
        : `; max-age=${config.expiresS}`,
    texts.domain === "" ? "" : `; domain=${texts.domain}`,
    config.httponly ? "; httponly" : "",
    config.secure ? "; secure" : "",
    texts.samesite === "" ? "" : `; samesite=${texts.samesite}`,
    texts.path === "" ? "" : `; path=${texts.path}`,
  ];
  return `${config.name}=${id}${attributes.join("")}`;
}

/** Bytes of a zone that a session takes: "about 4000 in a megabyte" (https://nginx.org/r/sticky). */
const SESSION_BYTES = 1_048_576 / 4000;

/**
 * Sessions that `sticky learn` has learned: id to peer, forgotten when unused for the timeout, or longest unused when the zone is
 * full.
 */
export class LearnedSessions {
  private readonly timeoutUs: number;
  private readonly most: number;
  /** In the order of their last use. */
  private readonly sessions = new Map<string, { readonly peer: string; readonly usedUs: number }>();

  constructor(timeoutUs: number, zoneBytes: number) {
    this.timeoutUs = timeoutUs;
    this.most = Math.max(1, Math.floor(zoneBytes / SESSION_BYTES));
  }

  /** Id of the peer of a session, "" when it is not known. */
  peerOf(nowUs: number, session: string): string {
    const known = this.sessions.get(session);
    return known === undefined || nowUs - known.usedUs > this.timeoutUs ? "" : known.peer;
  }

  learn(nowUs: number, session: string, peer: string): void {
    this.sessions.delete(session);
    this.sessions.set(session, { peer, usedUs: nowUs });
    for (const [oldest, { usedUs }] of this.sessions) {
      if (nowUs - usedUs <= this.timeoutUs && this.sessions.size <= this.most) return;
      this.sessions.delete(oldest);
    }
  }
}
