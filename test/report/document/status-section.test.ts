import { expect, it } from "vitest";
import { statusSection } from "../../../src/report/document/status-section.ts";
import { filmsOf } from "../../../src/report/films.ts";
import { serialise } from "../../../src/report/markup.ts";
import { experimentOf } from "../../experiment/small-experiment.ts";
import { filmedResult } from "../filmed-result.ts";

const HAPROXY_CFG = `defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 30s
frontend www
  bind :80
  default_backend shop
backend shop
  server node1 10.0.0.1:8080 check
  server node2 10.0.0.2:8080 check
`;

const SCENARIO = `proxy: haproxy.cfg
clients: {sessions: {rate: 5/s, requests: 2, think: 1s}}
backends: {default: {service: 20ms}}
faults: [{at: 2s, crash: node2, for: 5s}]
duration: 10s
warm-up: 0s
`;

it("the page of the moments has every column of HAProxy's, in tables that fit on paper", async () => {
  const result = await filmedResult(experimentOf(SCENARIO, { "haproxy.cfg": HAPROXY_CFG }));
  const films = filmsOf(result);
  const html = statusSection(result, films).map(serialise).join("");
  const heads = [...html.matchAll(/<thead>(.*?)<tbody>/g)].map(([, head = ""]) =>
    [...head.matchAll(/<th scope="col">([^<]*)/g)].map(([, column]) => column),
  );
  expect(heads.length).toBeGreaterThan(3);
  for (const head of heads) {
    expect(head.length).toBeLessThanOrEqual(18);
    expect(head.slice(0, 2)).toEqual(["pxname", "svname"]);
  }
  const own = films[0]?.film.tablesAt(0).flatMap(({ rows }) => rows.flatMap((row) => row.map(({ column }) => column)));
  expect(new Set(heads.flat())).toEqual(new Set(own));
  expect(new Set(own).size).toBeGreaterThan(20);
});
