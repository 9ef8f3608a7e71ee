import { BreakCause, BreakPhase } from "../../../src/contract/failure.ts";
import type { ClientRequest, ForwardedRequest, ResponseHead } from "../../../src/contract/http-message.ts";
import { Action, ActionField, Outbox } from "../../../src/contract/outbox.ts";
import { Text } from "../../../src/contract/text.ts";
import { RandomStream } from "../../../src/engine/random/random-stream.ts";
import { readNginxConf } from "../../../src/proxies/nginx/config/read-nginx-conf.ts";
import { NginxMachine } from "../../../src/proxies/nginx/nginx-machine.ts";

const NO_HOST = { load: () => null, list: () => [], env: {} };

export const OK: ResponseHead = {
  status: 200,
  reason: "OK",
  setCookies: [],
  location: null,
  headers: [],
  keepAlive: true,
};

/** What the machine has asked for since the last look. */
export interface Said {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly us: number;
  readonly head: ResponseHead | null;
  readonly forward: ForwardedRequest | null;
}

/** A machine with a configuration, driven by hand. The server block is "listen 80; location / { proxy_pass http://app; }" unless given. */
export class NginxScene {
  readonly machine: NginxMachine;
  nowUs = 0;
  private readonly outbox = new Outbox();
  private nextId = 0;

  constructor(upstream: string, location = "", main = "") {
    const text = `${main} events { } http { upstream app { ${upstream} } server { listen 80; location / { proxy_pass http://app; ${location} } } }`;
    const { config, refusal } = readNginxConf("nginx.conf", text, NO_HOST, {});
    if (config === null) throw new Error(refusal?.text);
    this.machine = new NginxMachine(config, {
      outbox: this.outbox,
      random: new RandomStream(1, 0, "nginx scene"),
      startedAtUs: 0,
      epochOffsetUs: 0,
    });
    this.machine.start(0);
  }

  /** A request on a connection of its own; its id. */
  ask(cookie = "", method = "GET"): number {
    const id = this.nextId++;
    const what: ClientRequest = {
      method,
      target: new Text("/"),
      host: new Text("app.test"),
      cookie: cookie === "" ? null : new Text(cookie),
      headers: [],
      bodyBytes: 0,
      chunked: false,
      upgrade: null,
      keepAlive: false,
    };
    this.machine.connectionArrived(this.nowUs, id, "192.0.2.1", 0);
    this.machine.requestArrived(this.nowUs, id, id, what);
    return id;
  }

  /** A request whose attempt is connected at once; address and what is said until the server's answer. */
  askServer(cookie = ""): { readonly id: number; readonly address: string | null } {
    const id = this.ask(cookie);
    const connect = this.said().find(({ kind }) => kind === Action.CONNECT);
    if (connect !== undefined) this.machine.attemptConnected(this.nowUs, id);
    return { id, address: connect === undefined ? null : (this.machine.addresses[connect.c] as string) };
  }

  /** The server's answer; the head that the client sees. */
  answer(id: number, head = OK): ResponseHead | null {
    this.said();
    this.machine.answered(this.nowUs, id, head, 10);
    return this.said().find(({ kind }) => kind === Action.RELAY)?.head ?? null;
  }

  /** A kept connection turns out to be closed. */
  breakStale(id: number): void {
    this.machine.broken(this.nowUs, id, BreakPhase.HEAD, BreakCause.STALE);
  }

  said(): readonly Said[] {
    const { outbox } = this;
    const said: Said[] = [];
    for (let i = 0; i < outbox.count; i++) {
      const row = (field: number): number => outbox.rows[(i << 2) | field] as number;
      const kind = row(ActionField.KIND);
      const ref = outbox.ref[i] ?? null;
      said.push({
        kind,
        a: row(ActionField.A),
        b: row(ActionField.B),
        c: row(ActionField.C),
        us: outbox.us[i] as number,
        head: ref !== null && "status" in ref ? ref : null,
        forward: ref !== null && "headBytes" in ref ? ref : null,
      });
    }
    outbox.count = 0;
    return said;
  }
}
