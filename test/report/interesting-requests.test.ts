import { expect, it } from "vitest";
import { filmsOf } from "../../src/report/films.ts";
import { interestingRequests } from "../../src/report/interesting-requests.ts";
import { experimentOf } from "../experiment/small-experiment.ts";
import { filmedResult } from "./filmed-result.ts";

const CONF =
  "<Proxy balancer://shop>\n    BalancerMember http://10.0.0.1:8080\n</Proxy>\nProxyPass / balancer://shop/\n";
const scenario = (service: string) => `proxy: httpd.conf
clients: {sessions: {rate: 5/s, requests: 1}, patience: 10m}
backends: {default: {service: ${service}}}
duration: 5s
warm-up: 0s
drain: 1s
`;
const whys = async (service: string) => {
  const [film] = filmsOf(await filmedResult(experimentOf(scenario(service), { "httpd.conf": CONF })));
  return film === undefined ? [] : interestingRequests(film.film).map(({ why }) => why);
};

it("a request that did not end is not the slowest", async () => {
  expect(await whys("20ms")).toEqual(["the slowest", "the first of all"]);
  expect(await whys("1h")).toEqual(["the first of all"]);
});
