import { RandomStream } from "../../../src/engine/random/random-stream.ts";
import {
  SERVER_DEFAULTS,
  type ServerLine,
  type UpstreamConfig,
  type UpstreamMethod,
} from "../../../src/proxies/nginx/config/upstream-config.ts";
import { methodOf } from "../../../src/proxies/nginx/lbmethods/index.ts";
import { BUSY } from "../../../src/proxies/nginx/lbmethods/lb-method.ts";
import { PeerChoice } from "../../../src/proxies/nginx/peer-choice.ts";
import { Upstream } from "../../../src/proxies/nginx/upstream.ts";

const POSITION = { file: "nginx.conf", line: 1, column: 1, length: 0 };

/** A second of the wall clock well after any failure. */
export const NOW_S = 1000;

/** Servers a, b, c … as 10.0.0.1:80, 10.0.0.2:80 … with nginx's defaults. */
export function servers(...parts: readonly Partial<ServerLine>[]): readonly ServerLine[] {
  return parts.map((part, i) => ({
    text: `10.0.0.${i + 1}:80`,
    addresses: [`10.0.0.${i + 1}:80`],
    ...SERVER_DEFAULTS,
    position: POSITION,
    ...part,
  }));
}

export function upstreamOf(method: UpstreamMethod, lines: readonly ServerLine[]): Upstream {
  const config: UpstreamConfig = {
    name: "app",
    implicit: false,
    method,
    methodPosition: POSITION,
    servers: lines,
    zone: null,
    keepalive: null,
    sticky: null,
    queue: null,
    position: POSITION,
  };
  return new Upstream(
    config,
    lines.map((line, member) => ({ line, address: line.addresses[0] as string, member })),
    methodOf(config),
  );
}

/** A request that is being balanced. */
export class Pick {
  readonly choice = new PeerChoice();
  private readonly upstream: Upstream;
  private peer = BUSY;

  constructor(upstream: Upstream, key = "") {
    this.upstream = upstream;
    this.choice.begin(upstream);
    this.choice.key = key;
  }

  /** Letter of the server that is chosen next, "-" when there is none. */
  next(random: { next(): number; nextInt(n: number): number } = NO_CHANCE, nowS = NOW_S): string {
    this.peer = this.upstream.pick(this.choice, nowS, random);
    return this.peer === BUSY ? "-" : letter(this.choice.list.lines[this.peer]?.member as number);
  }

  end(failed = false, nowS = NOW_S): void {
    this.choice.list.released(this.peer, nowS, failed);
  }
}

/** Letters of the servers that `count` requests in a row get, each of which ends before the next begins. */
export function inTurn(upstream: Upstream, count: number, key = "", nowS = NOW_S): string {
  let letters = "";
  for (let i = 0; i < count; i++) {
    const pick = new Pick(upstream, key);
    const next = pick.next(NO_CHANCE, nowS);
    letters += next;
    if (next !== "-") pick.end(false, nowS);
  }
  return letters;
}

/** Shares of `count` requests that went to each server, by letter. */
export function shares(upstream: Upstream, count: number, seed: number): ReadonlyMap<string, number> {
  const random = new RandomStream(seed, 0, "nginx lbmethod test");
  const shares = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const pick = new Pick(upstream);
    const next = pick.next(random);
    shares.set(next, (shares.get(next) ?? 0) + 1 / count);
    if (next !== "-") pick.end();
  }
  return shares;
}

const NO_CHANCE = {
  next: (): number => {
    throw new Error("nothing here is left to chance");
  },
  nextInt: (): number => {
    throw new Error("nothing here is left to chance");
  },
};

function letter(member: number): string {
  return String.fromCharCode(97 + member);
}
