import { describe, expect, it } from "vitest";
import { explainRequest } from "../../../src/experiment/explain.ts";
import { FilmEvent } from "../../../src/experiment/film/film-columns.ts";
import { Film } from "../../../src/experiment/film/film-reader.ts";
import { filmReplication } from "../../../src/experiment/film/film-replication.ts";
import { gunzipText } from "../../../src/experiment/film/gzip-text.ts";
import type { PreparedVariant } from "../../../src/experiment/prepare.ts";
import { Replication, runReplication } from "../../../src/experiment/run-replication.ts";
import { experimentOf } from "../small-experiment.ts";

const { experiment } = experimentOf();
const variant = experiment.variants[0] as PreparedVariant;
const options = { world: experiment.resolved.world, binUs: 1_000_000, keepRows: true };

function filmOf(most: number): Film {
  const { film } = filmReplication(experiment, variant, 0, options, most);
  return new Film(gunzipText(film as string), variant.name);
}

describe("a film of a replication", () => {
  const film = filmOf(100_000);

  it("changes nothing about the run", () => {
    const { film: _film, ...filmed } = filmReplication(experiment, variant, 0, options, 100_000);
    expect(filmed).toEqual(runReplication(experiment, variant, 0, options));
  });

  it("tells of every request exactly what explain tells", () => {
    expect(film.complete).toBe(true);
    expect(film.ranks.length).toBeGreaterThan(100);
    for (const rank of film.ranks.filter((_, i) => i % 23 === 0)) {
      const told = explainRequest(experiment, variant.name, 0, rank)?.request;
      const { decisions, ...rest } = film.request(rank) ?? { decisions: [] };
      const { decisions: expected, ...others } = told ?? { decisions: [] };
      expect(rest).toEqual(others);
      // A decision names the request by its slot; a film names it by its rank.
      expect(decisions.map((each) => ({ ...each, request: 0 }))).toEqual(
        expected.map((each) => ({ ...each, request: 0 })),
      );
    }
  });

  it("shows at every instant the status page that the proxy showed then", () => {
    const run = new Replication(experiment, variant, 0, options);
    const shown: string[] = [];
    const { timeUs } = film.instants;
    const pick = Array.from({ length: 20 }, (_, i) => Math.floor(((i + 1) * timeUs.length) / 22)).map((instant) => {
      let last = instant;
      while (timeUs[last + 1] === timeUs[instant]) last++;
      return last;
    });
    for (const instant of pick) run.drive.observeAt(timeUs[instant] as number, (nowUs) => shown.push(page(run, nowUs)));
    run.run();
    expect(pick.map((instant) => text(film.tablesAt(instant)))).toEqual(shown);
  });

  it("finds the same request by its identity", () => {
    const request = film.request(film.ranks[17] as number);
    expect(film.find(request?.identity ?? { client: -1, session: 0, ordinal: 0, tryNumber: 0 })).toEqual(request);
    expect(film.find({ client: 999_999, session: 0, ordinal: 0, tryNumber: 0 })).toBeNull();
  });

  it("marks faults and changes of state", () => {
    const events = [...film.instants.events];
    // One crash begins and ends.
    expect(events.filter((event) => (event & FilmEvent.FAULT) !== 0)).toHaveLength(2);
    expect(events.some((event) => (event & FilmEvent.STATE) !== 0)).toBe(true);
  });
});

describe("a film with fewer places than requests", () => {
  const whole = filmOf(100_000);
  const film = filmOf(200);

  it("keeps at most so many, and says that it is not complete", () => {
    expect(film.complete).toBe(false);
    expect(film.ranks.length).toBeLessThanOrEqual(60);
    expect(film.ranks.length).toBeGreaterThan(30);
  });

  it("tells of those that it keeps the same as a whole film", () => {
    for (const rank of film.ranks) expect(film.request(rank)).toEqual(whole.request(rank));
  });

  it("keeps failed requests first", () => {
    const failed = whole.ranks.filter((rank) => whole.request(rank)?.outcome !== "good");
    const kept = failed.filter((rank) => film.ranks.includes(rank));
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(failed.length, 30));
  });

  it("shows at each of its instants the page that the whole film shows", () => {
    for (let i = 0; i < film.instants.timeUs.length; i += 7) {
      const nowUs = film.instants.timeUs[i] as number;
      if (film.instants.timeUs[i + 1] === nowUs) continue;
      expect(text(film.tablesAt(i))).toBe(text(whole.tablesAt(whole.instantAt(nowUs))));
    }
  });
});

it("a film of more numbers than a page can hold is thinned out, however few its requests are", () => {
  const members = Array.from({ length: 300 }, (_, m) => `BalancerMember http://10.1.${m >> 8}.${m & 255}:80`);
  const conf = `<Proxy balancer://shop>\n${members.join("\n")}\n</Proxy>\nProxyPass / balancer://shop/\n`;
  const scenario = `proxy: httpd.conf
clients: {sessions: {rate: 15/s, requests: 1}}
backends: {default: {service: 20ms}}
duration: 20s
warm-up: 0s
`;
  const { experiment: wide } = experimentOf(scenario, { "httpd.conf": conf });
  const own = { world: wide.resolved.world, binUs: 1_000_000, keepRows: false };
  const { film } = filmReplication(wide, wide.variants[0] as PreparedVariant, 0, own, 1000);
  const { complete, ranks } = new Film(gunzipText(film as string), "as written");
  expect(complete).toBe(false);
  expect(ranks.length).toBeGreaterThan(5);
  expect(ranks.length).toBeLessThan(200);
});

function page(run: Replication, nowUs: number): string {
  return run.machine
    .snapshot(nowUs)
    .flatMap(({ rows, notShown }) =>
      rows.flatMap((row) =>
        Object.entries(row)
          .filter(([column]) => notShown?.includes(column) !== true)
          .map(([column, value]) => `${column}=${value}`),
      ),
    )
    .join("\n");
}

function text(tables: ReturnType<Film["tablesAt"]>): string {
  return tables
    .flatMap(({ rows }) => rows.flatMap((row) => row.map((cell) => `${cell.column}=${cell.text}`)))
    .join("\n");
}
