import { expect } from "vitest";
import { Action, ActionField, Outbox } from "../../src/contract/outbox.ts";
import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { Text } from "../../src/contract/text.ts";
import { ProxyInstances } from "../../src/drive/proxy-instances.ts";
import { makeSpread } from "../../src/drive/spread.ts";
import { RandomStream } from "../../src/engine/random/random-stream.ts";
import { FAMILIES } from "../../src/proxies/families.ts";
import { aRequest, OK } from "./two-sides.ts";

const ADDRESSES = ["10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080"];

/** Three equal members in turn, in the words of each family. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  apache: `<Proxy balancer://shop>
${ADDRESSES.map((address) => `BalancerMember http://${address} retry=60`).join("\n")}
</Proxy>
ProxyPass / balancer://shop/
`,
  nginx: `events { }
http {
  upstream shop { ${ADDRESSES.map((address) => `server ${address};`).join(" ")} }
  server { listen 80; location / { proxy_pass http://shop; } }
}
`,
  haproxy: `defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 10s
frontend web
  bind :80
  default_backend shop
backend shop
  balance roundrobin
${ADDRESSES.map((address, i) => `  server s${i + 1} ${address}`).join("\n")}
`,
  caddy: `:80 {
  reverse_proxy ${ADDRESSES.join(" ")} {
    lb_policy round_robin
  }
}
`,
};

/** Instances of a proxy with three equal members, driven by hand; connections come to them in turn. */
export class ThreeMembers {
  readonly proxy: ProxyInstances;
  /** State words of members as they changed. */
  readonly states: string[] = [];
  private readonly outbox = new Outbox();
  private nextId = 0;
  /** Clients send the very same texts again and again. */
  private readonly target = new Text("/");
  private readonly host = new Text("shop.test");

  constructor(name: string, count: number) {
    const family = FAMILIES.find((each) => each.name === name) as ProxyFamily;
    const host = { load: () => null, list: () => [], env: {} };
    const { config, refusal } = family.read(`${name}.conf`, CONFIGURATIONS[name] as string, host, {});
    if (config === null) throw new Error(refusal?.text);
    this.proxy = new ProxyInstances({
      startsAtUs: new Array<number>(count).fill(0),
      outbox: this.outbox,
      spread: makeSpread("round-robin", count, new RandomStream(1, 0, "spread")),
      build: (i, outbox) => {
        const random = new RandomStream(1, 0, `proxy ${i}`);
        return family.build(config, { outbox, random, startedAtUs: 0, epochOffsetUs: 0 });
      },
    });
    this.proxy.listener = { memberChanged: (_nowUs, member, state) => this.states.push(`${member} ${state}`) };
    this.proxy.start(0);
  }

  /** One request on a connection of its own, answered at once unless member `refusing` is asked; the members tried, from "1". */
  ask(refusing: string | null = null): string {
    const { proxy, outbox } = this;
    const id = this.nextId++;
    outbox.count = 0;
    proxy.connectionArrived(0, id, "192.0.2.1", 0);
    proxy.requestArrived(0, id, id, { ...aRequest(), target: this.target, host: this.host, keepAlive: false });
    let tried = "";
    for (let i = 0; i < outbox.count; i++) {
      if (outbox.rows[(i << 2) | ActionField.KIND] !== Action.CONNECT) continue;
      const attempt = outbox.rows[(i << 2) | ActionField.A] as number;
      const address = outbox.rows[(i << 2) | ActionField.C] as number;
      expect(proxy.requestOfAttempt(attempt)).toBe(id);
      expect(proxy.members[proxy.memberOfAttempt(attempt)]?.address).toBe(address);
      const name = String(ADDRESSES.indexOf(proxy.addresses[address] as string) + 1);
      tried += name;
      if (name === refusing) proxy.attemptFailed(0, attempt, 1);
      else {
        proxy.attemptConnected(0, attempt);
        proxy.answered(0, attempt, { ...OK, keepAlive: false }, 10);
      }
    }
    return tried;
  }
}
