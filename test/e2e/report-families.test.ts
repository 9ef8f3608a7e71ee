import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import seedrandom from "seedrandom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FilmEvent } from "../../src/experiment/film/film-columns.ts";
import type { Film } from "../../src/experiment/film/film-reader.ts";
import type { PreparedVariant } from "../../src/experiment/prepare.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import { filmsOf } from "../../src/report/films.ts";
import { readJson } from "../../src/report/formats/json.ts";
import { lbsim } from "../cli/run-command.ts";
import { experimentOf } from "../experiment/small-experiment.ts";
import { Workplace } from "./built-cli.ts";

/** Instants and requests that are looked at, of each family. */
const SAMPLE = 20;

const MEMBERS = ["10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080"];

/** One shop, as each of the four would be told of it: sticky where the family can, with what it has against a crash. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  apache: `<Proxy balancer://shop>
${MEMBERS.map((at, m) => `    BalancerMember http://${at} route=node${m + 1} retry=2 loadfactor=${m + 1}`).join("\n")}
    ProxySet stickysession=JSESSIONID
</Proxy>
ProxyPass /shop balancer://shop/shop
`,
  nginx: `events {}
http {
  upstream shop {
    least_conn;
${MEMBERS.map((at, m) => `    server ${at} weight=${m + 1} max_fails=2 fail_timeout=2s;`).join("\n")}
  }
  server {
    listen 80;
    location /shop { proxy_pass http://shop; proxy_connect_timeout 1s; }
  }
}
`,
  haproxy: `defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 30s
  option redispatch
frontend www
  bind :80
  default_backend shop
backend shop
  balance roundrobin
  cookie SRV insert indirect nocache
${MEMBERS.map((at, m) => `  server node${m + 1} ${at} weight ${10 * (m + 1)} cookie node${m + 1} maxconn 2 check inter 500`).join("\n")}
`,
  caddy: `:80 {
  reverse_proxy /shop* ${MEMBERS.join(" ")} {
    lb_policy cookie
    lb_try_duration 2s
    fail_duration 3s
    max_fails 2
  }
}
`,
};

const SCENARIO = `proxy: proxy.conf
clients:
  sessions: {rate: 6/s, requests: 4, think: {exponential: {mean: 1s}}}
  classes: [{name: page, path: /shop/page}]
backends:
  default: {service: {exponential: {mean: 60ms}}, cores: 2}
faults:
  - {at: 6s, crash: "10.0.0.2:8080", for: 4s}
duration: 20s
warm-up: 2s
replications: 1
variants: [{name: as written}, {name: another method, proxy: other.conf}]
`;

/** What the second variant replaces in the configuration. */
const OTHER_METHOD: Readonly<Record<string, readonly [was: string, is: string]>> = {
  apache: ["ProxySet ", "ProxySet lbmethod=bybusyness "],
  nginx: ["least_conn", "ip_hash"],
  haproxy: ["balance roundrobin", "balance leastconn"],
  caddy: ["lb_policy cookie", "lb_policy least_conn"],
};

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

afterAll(() => browser?.close());

/** Numbers below `below`, the same ones whenever the same words ask; each once, ascending. */
function chosen(words: string, below: number): readonly number[] {
  const chance = seedrandom(words);
  const numbers = new Set<number>();
  while (numbers.size < Math.min(SAMPLE, below)) numbers.add(Math.floor(chance() * below));
  return [...numbers].sort((a, b) => a - b);
}

/** Everything of an instant of the clock has happened only at the last of its retained events. */
function lastOfItsTime({ instants: { timeUs } }: Film, instant: number): number {
  let last = instant;
  while (timeUs[last + 1] === timeUs[instant]) last++;
  return last;
}

describe.each(Object.entries(CONFIGURATIONS))("the report of a run of %s", (family, configuration) => {
  const [was, is] = OTHER_METHOD[family] ?? ["", ""];
  const files = { "proxy.conf": configuration, "other.conf": configuration.replace(was, is) };
  const place = new Workplace({ ...files, "run.yaml": SCENARIO });
  const { experiment } = experimentOf(SCENARIO, files);
  let films: ReturnType<typeof filmsOf>;
  let page: Page;

  beforeAll(async () => {
    const { status, stderr } = place.lbsim("--quiet", "run", "run.yaml", "--report-dir", "out");
    expect([status, stderr]).toEqual([0, ""]);
    films = filmsOf(readJson(place.read("out/result.json")));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(pathToFileURL(join(place.folder, "out/report.html")).href);
    await page.locator("html[data-films=ready]").waitFor({ state: "attached" });
  });

  afterAll(async () => {
    await page?.close();
    place.remove();
  });

  it.each([0, 1])("shows at 20 retained instants of variant %i what the proxy itself showed there", async (v) => {
    const film = films[v]?.film as Film;
    const count = film.instants.timeUs.length;
    expect(count).toBeGreaterThan(500);
    const instants = chosen(`${family} ${v}`, count).map((instant) => lastOfItsTime(film, instant));
    const run = new Replication(experiment, experiment.variants[v] as PreparedVariant, 0, {
      world: experiment.resolved.world,
      binUs: 1_000_000,
      keepRows: false,
    });
    const expected: string[][] = [];
    for (const instant of instants)
      run.drive.observeAt(film.instants.timeUs[instant] as number, (nowUs) => {
        expected.push(
          run.machine
            .snapshot(nowUs)
            .flatMap(({ rows, notShown = [] }) =>
              rows.flatMap((row) =>
                Object.entries(row).flatMap(([column, value]) => (notShown.includes(column) ? [] : [String(value)])),
              ),
            ),
        );
      });
    run.run();
    await page.locator("#film select").first().selectOption({ index: v });
    const shown: string[][] = [];
    for (const instant of instants) {
      await page.locator("#film input[type=range]").fill(String(instant));
      shown.push(await page.locator("#film .status td").allTextContents());
    }
    expect(shown).toEqual(expected);
    expect(new Set(expected.map((cells) => cells.join("\n"))).size).toBeGreaterThan(SAMPLE / 2);
  });

  it.each([0, 1])("says of 20 requests of variant %i what lbsim explain says", async (v) => {
    const film = films[v]?.film as Film;
    const bad = film.ranks.filter((rank) => film.request(rank)?.outcome !== "good").slice(0, 3);
    const ranks = [...chosen(`${family} requests ${v}`, film.ranks.length).map((at) => film.ranks[at]), ...bad];
    await page.locator("#explain select").first().selectOption({ index: v });
    for (const rank of ranks) {
      await page.locator("#explain-number").fill(String(rank));
      await page.getByRole("button", { name: "Explain" }).click();
      const words = ["--variant", films[v]?.name ?? "", "--request", String(rank)];
      const { out, code } = await lbsim(["explain", join(place.folder, "run.yaml"), ...words]);
      expect(code).toBe(0);
      expect(await page.locator("#explain pre").textContent()).toBe(out);
    }
  });

  it("has a fault, a member out of service and a page in columns of the family's own", async () => {
    const { events } = films[0]?.film.instants ?? { events: [] };
    for (const bit of [FilmEvent.FAULT, FilmEvent.STATE])
      expect([...events].some((event) => (event & bit) !== 0)).toBe(true);
    const own = { apache: "Factor", nginx: "server", haproxy: "svname", caddy: "num_requests" }[family];
    expect(await page.locator("#film .status th").allTextContents()).toContain(own);
  });
});
