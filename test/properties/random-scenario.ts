import fc from "fast-check";

/** A scenario as JSON, and what the harness has to know of it. */
export interface RandomScenario {
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly lbmethod: string;
  readonly members: number;
}

const ms = (min: number, max: number) => fc.integer({ min, max }).map((n) => `${n}ms`);
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => `${n}s`);
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const percent = fc.integer({ min: 1, max: 100 }).map((n) => `${n}%`);

/** A duration or a law of it, with means of some milliseconds. */
const law = (meanMs: number) =>
  fc.oneof(
    ms(0, 2 * meanMs),
    fc.constant({ exponential: { mean: `${meanMs}ms` } }),
    fc.constant({ lognormal: { mean: `${meanMs}ms`, cv: 2 } }),
    fc.constant({ uniform: { min: "0ms", max: `${2 * meanMs}ms` } }),
  );

// ---------------------------------------------------------------- proxy

const member = fc.record({
  loadfactor: fc.integer({ min: 1, max: 9 }),
  retry: sometimes(fc.integer({ min: 0, max: 8 })),
  lbset: sometimes(fc.integer({ min: 0, max: 2 })),
  status: fc.option(fc.constantFrom("+H", "+R", "+D", "+N", "+I", "+S"), { nil: undefined, freq: 2 }),
  timeout: sometimes(fc.integer({ min: 1, max: 5 })),
  connectiontimeout: sometimes(fc.integer({ min: 1, max: 3 })),
  max: sometimes(fc.integer({ min: 1, max: 4 })),
});

const balancer = fc.record({
  nofailover: sometimes(fc.constantFrom("On", "Off")),
  maxattempts: sometimes(fc.integer({ min: 1, max: 3 })),
  failonstatus: sometimes(fc.constantFrom("500", "502,503")),
  failontimeout: sometimes(fc.constantFrom("On", "Off")),
  forcerecovery: sometimes(fc.constantFrom("On", "Off")),
  stickysession: fc.option(fc.constant("JSESSIONID"), { nil: undefined, freq: 3 }),
});

const healthCheck = fc.record({
  hcmethod: fc.constantFrom("TCP", "GET", "OPTIONS"),
  hcinterval: fc.integer({ min: 1, max: 4 }),
  hcfails: fc.integer({ min: 1, max: 3 }),
  hcpasses: fc.integer({ min: 1, max: 2 }),
});

const limits = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 4 }).map(
      (threads) => `ServerLimit 1
StartServers 1
ThreadsPerChild ${threads}
MaxRequestWorkers ${threads}
ListenBacklog ${threads}
`,
    ),
  },
);

function parametersOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}

const proxy = fc
  .record({
    lbmethod: fc.constantFrom("byrequests", "bybusyness", "bytraffic", "heartbeat"),
    members: fc.array(member, { minLength: 1, maxLength: 6 }),
    balancer,
    healthCheck: sometimes(healthCheck),
    limits,
    timeoutS: fc.integer({ min: 2, max: 20 }),
    keepAliveS: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ lbmethod, members, balancer: set, healthCheck: check, limits: text, timeoutS, keepAliveS }) => {
    const lines = members.map(
      (each, m) =>
        `  BalancerMember http://10.0.0.${m + 1}:8080 route=n${m + 1} ${parametersOf(each)} ${parametersOf(check ?? {})}`,
    );
    const inline = `${text}Timeout ${timeoutS}
KeepAliveTimeout ${keepAliveS}
<Proxy balancer://pool>
${lines.join("\n")}
  ProxySet lbmethod=${lbmethod} ${parametersOf(set)}
</Proxy>
ProxyPass / balancer://pool/
`;
    return { inline, lbmethod, members: members.length };
  });

/** How often the proxy is there. */
const copies = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        instances: fc.integer({ min: 2, max: 3 }),
        spread: fc.constantFrom("random", "round-robin", "source"),
        processes: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ["instances"] },
    ),
  },
);

// ---------------------------------------------------------------- faults

const effect = (names: fc.Arbitrary<unknown>) =>
  fc.oneof(
    ...["crash", "blackhole", "hang", "refuse", "wipe"].map((kind) => fc.record({ [kind]: names })),
    fc.record({ slow: names, factor: fc.integer({ min: 2, max: 50 }) }),
    fc.record({ errors: names, rate: percent, status: fc.constantFrom(500, 503) }),
    ...["close", "truncate", "hidden-errors"].map((kind) => fc.record({ [kind]: names, rate: percent })),
    fc.record({ latency: names, add: ms(1, 500) }),
    fc.record({ "probe-errors": names }),
    fc.record({ operate: names, command: fc.constantFrom("status=+D", "status=+N", "status=+S") }),
  );

const timing = fc.oneof(
  fc.record({ at: seconds(0, 15), for: seconds(1, 10) }),
  fc.record({ mtbf: law(4000), mttr: law(1500) }).map((drawn) => ({ ...drawn, ...atLeastASecond(drawn) })),
  fc.record({
    at: seconds(0, 10),
    for: seconds(2, 12),
    flap: fc.record({ down: ms(100, 2000), up: ms(100, 2000) }),
  }),
);

/** A fault without any time up and down would go on and off for ever at one instant. */
function atLeastASecond({ mtbf, mttr }: { readonly mtbf: unknown; readonly mttr: unknown }) {
  return {
    mtbf: typeof mtbf === "string" ? "1s" : mtbf,
    mttr: typeof mttr === "string" ? "1s" : mttr,
  };
}

const faultsOver = (members: number) => {
  const one = fc.integer({ min: 1, max: members }).map((m) => `10.0.0.${m}:8080`);
  const names = fc.oneof(one, fc.constant("all"));
  const rolling = fc.record({ "rolling-restart": fc.constant("all"), at: seconds(0, 5), down: ms(500, 3000) });
  const plain = fc.tuple(effect(names), timing).map(([what, when]) => ({ ...what, ...when }));
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: rolling }), { maxLength: 3 })
    .map((faults) => faults.map((fault, i) => ({ id: `fault${i}`, ...fault })));
};

// ---------------------------------------------------------------- clients and backends

const arrivals = fc.oneof(
  fc.record({ requests: fc.record({ rate: fc.integer({ min: 1, max: 30 }).map((n) => `${n}/s`) }) }),
  fc.record({
    sessions: fc.record({
      rate: fc.integer({ min: 1, max: 5 }).map((n) => `${n}/s`),
      arrivals: fc.constantFrom("poisson", "constant"),
      requests: fc.integer({ min: 1, max: 8 }),
      think: law(800),
    }),
  }),
  fc.record({
    users: fc.record({
      count: fc.integer({ min: 1, max: 15 }),
      pause: ms(100, 3000),
      requests: fc.integer({ min: 1, max: 6 }),
      think: law(500),
    }),
  }),
);

const clients = fc
  .tuple(
    arrivals,
    fc.record(
      {
        patience: fc.oneof(ms(50, 8000), fc.constant("never")),
        retry: fc.record({ attempts: fc.integer({ min: 0, max: 3 }), backoff: law(300) }),
        "leave-after-failure": percent,
        cookies: percent,
        "keep-alive": fc.boolean(),
        idle: ms(100, 5000),
        parallel: fc.integer({ min: 1, max: 3 }),
        classes: fc.constant([
          { path: "/a", weight: 3 },
          { path: "/b", method: "POST", "request-size": "3kB", service: "20ms" },
        ]),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([from, rest]) => ({ ...from, ...rest }));

const backend = fc.record(
  {
    service: law(60),
    cores: fc.integer({ min: 1, max: 4 }),
    concurrency: fc.integer({ min: 1, max: 20 }),
    queue: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constant("unlimited")),
    "queue-full": fc.constantFrom("reject", "refuse"),
    discipline: fc.constantFrom("fcfs", "ps"),
    "keep-alive": fc.boolean(),
    "keep-alive-idle": ms(100, 4000),
    errors: fc.record({ rate: percent, status: fc.constantFrom(500, 502) }),
    "when-client-gone": fc.constantFrom("continue", "cancel"),
    "cold-start": fc.constant({ factor: 5, for: "3s" }),
    session: fc.record({
      store: fc.constantFrom("memory", "shared"),
      "unknown-id": fc.constantFrom("new", "reuse", "error"),
      expiry: fc.constantFrom("2s", "30m"),
    }),
  },
  { requiredKeys: [] },
);

/** Small valid scenarios with all lbmethods, faults of every kind, clients of every kind, some with tiny limits. */
export const randomScenario: fc.Arbitrary<RandomScenario> = proxy.chain(({ inline, lbmethod, members }) =>
  fc
    .record({
      copies,
      clients,
      backend,
      faults: faultsOver(members),
      clientHop: fc.constantFrom("0", "300us", "20ms"),
      backendHop: fc.constantFrom("0", "200us", "5ms"),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      phase: fc.constantFrom("random", "fixed"),
    })
    .map(({ copies: side, clients: from, backend: default_, faults, clientHop, backendHop, seed, phase }) => ({
      lbmethod,
      members,
      scenario: {
        proxy: { inline, ...side },
        clients: from,
        backends: { default: default_ },
        network: { "client-hop": clientHop, "backend-hop": backendHop },
        faults,
        seed,
        phase,
        "warm-up": "0s",
        duration: "20s",
        drain: "10s",
      },
    })),
);
