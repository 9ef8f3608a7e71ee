import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { ProxyInstances } from "../../src/drive/proxy-instances.ts";
import type { PreparedVariant } from "../../src/experiment/prepare.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import { randomScenario } from "./random-scenario.ts";
import { prepared } from "./start-run.ts";

/** The family with each of its machines behind a spread, alone. */
function wrapped(family: ProxyFamily): ProxyFamily {
  return {
    ...family,
    build: (config, context) =>
      new ProxyInstances({
        startsAtUs: [context.startedAtUs],
        outbox: context.outbox,
        spread: () => 0,
        build: (_instance, outbox) => family.build(config, { ...context, outbox }),
      }),
  };
}

/** What a run gives, with the proxy as it is and behind a spread to one instance. */
function resultsOf(scenario: Readonly<Record<string, unknown>>) {
  const experiment = prepared(scenario);
  const variant = experiment.variants[0] as PreparedVariant;
  const options = { world: experiment.resolved.world, binUs: 1_000_000, keepRows: false };
  const resultOf = (each: PreparedVariant) => {
    const run = new Replication(experiment, each, 0, options);
    run.run();
    return run.result();
  };
  return {
    plain: resultOf(variant),
    behind: resultOf({ ...variant, family: wrapped(variant.family) }),
  };
}

describe("any scenario", () => {
  it("takes the same course with its proxy behind a spread to one instance as without", () => {
    fc.assert(
      fc.property(randomScenario, ({ scenario }) => {
        const { inline } = scenario.proxy as { readonly inline: string };
        const { plain, behind } = resultsOf({ ...scenario, proxy: { inline } });
        expect(JSON.stringify(behind)).toBe(JSON.stringify(plain));
      }),
      { numRuns: 60 },
    );
  });
});

const SERVERS = ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"];

const CONFIGURATIONS = {
  nginx: `events { }
http {
  upstream app { ${SERVERS.map((server) => `server ${server};`).join(" ")} keepalive 4; }
  server { listen 80; location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
`,
  haproxy: `defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 2s
  option redispatch
frontend web
  bind :80
  default_backend app
backend app
  balance leastconn
  cookie SRV insert indirect nocache
${SERVERS.map((server, i) => `  server s${i + 1} ${server} cookie c${i + 1} check inter 1s maxconn 4`).join("\n")}
`,
  caddy: `:80 {
  reverse_proxy ${SERVERS.join(" ")} {
    lb_policy least_conn
    lb_try_duration 2s
    fail_duration 5s
    health_uri /health
    health_interval 2s
  }
}
`,
};

describe("a proxy of another family", () => {
  it.each(Object.entries(CONFIGURATIONS))("takes the same course behind a spread: %s", (_family, inline) => {
    const { plain, behind } = resultsOf({
      proxy: { inline },
      clients: {
        sessions: { rate: "10/s", requests: 5, think: { exponential: { mean: "500ms" } } },
        retry: { attempts: 2 },
      },
      backends: { default: { service: { exponential: { mean: "100ms" } }, cores: 1, "keep-alive-idle": "1s" } },
      network: { "client-hop": "1ms", "backend-hop": "300us" },
      faults: [
        { at: "3s", crash: SERVERS[1], for: "4s" },
        { at: "8s", hang: SERVERS[2], for: "3s" },
      ],
      "warm-up": "0s",
      duration: "20s",
    });
    expect(JSON.stringify(behind)).toBe(JSON.stringify(plain));
    expect(plain.units.requests).toBeGreaterThan(500);
  });
});
