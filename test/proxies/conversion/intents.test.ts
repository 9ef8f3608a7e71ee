import { describe, expect, it } from "vitest";
import { CADDYFILE, haproxySeed, nginxSeed } from "./sources.ts";
import { type FamilyName, read } from "./tongues.ts";

const HTTPD = `<VirtualHost *:80>
    ProxyTimeout 30
    <Proxy balancer://shop>
        BalancerMember http://10.0.0.1:80/base route=a loadfactor=2.5 retry=7
        BalancerMember http://10.0.0.2:80/base route=b status=+H
        BalancerMember http://10.0.0.3:80/base route=c lbset=1 connectiontimeout=500ms
        BalancerMember http://10.0.0.4:80/base route=d status=+D hcmethod=HEAD hcinterval=5 hcpasses=2 hcfails=4 hcuri=/up
        ProxySet stickysession=SID|sid nofailover=On maxattempts=1 timeout=3 failonstatus=503
    </Proxy>
    ProxyPass /shop/ balancer://shop/x/
</VirtualHost>
`;

const first = (family: FamilyName, text: string) => {
  const [group] = read(family, text).intent.groups;
  if (group === undefined) throw new RangeError("no group");
  return group;
};

describe("what a configuration wants of its balancing", () => {
  it("of httpd: ranks of lbset and standby, retry windows, timeouts, routes and what becomes of the path", () => {
    const group = first("apache", HTTPD);
    // Set 0, its standby, then set 1 (spec/apache.md 9).
    expect(group.members.map(({ tier }) => tier)).toEqual([0, 1, 2, 0]);
    expect(group.members.map(({ state }) => state)).toEqual(["in-service", "in-service", "in-service", "disabled"]);
    expect(group.members[0]).toMatchObject({ weight: 2.5, route: "a", out: { afterFails: 1, forUs: 7_000_000 } });
    expect(group.members[3]?.check).toMatchObject({ kind: "http", method: "HEAD", uri: "/up", rise: 2, fall: 4 });
    expect(group.timeouts).toEqual({ connectUs: 30_000_000, silenceUs: 30_000_000, waitUs: 3_000_000 });
    expect(group.failover).toMatchObject({ attempts: 2, staysWithMember: true, badStatuses: [503], forced: true });
    expect(group.stickiness).toMatchObject({ kind: "route-suffix", cookie: "SID", parameter: "sid", separator: "." });
    expect(read("apache", HTTPD).intent.sites[0]?.routes[0]).toMatchObject({
      match: { kind: "prefix", path: "/shop/", wholeParts: true },
      to: { group: "shop", path: "/base/x/" },
    });
    expect(read("apache", HTTPD).intent.leftOut).toMatchObject([{ position: { line: 6 } }]);
  });

  it("of nginx: the last method, failures that ban a server, what goes on to the next one", () => {
    const group = first("nginx", nginxSeed("hash $cookie_JSESSIONID consistent;"));
    expect(group.election).toMatchObject({
      kind: "hash",
      key: { kind: "cookie", name: "JSESSIONID" },
      consistent: true,
    });
    expect(group.members[0]?.out).toEqual({ afterFails: 1, forUs: 10_000_000 });
    expect(group.failover.again).toEqual({ closed: true, silence: true, statuses: [], unsafe: false });
    expect(group).toMatchObject({ host: "of-client", forwardedFor: true, upgrades: true, keepsConnections: false });
    expect(group.headers.map(({ name, value }) => [name, value])).toEqual([
      ["X-Real-IP", { fact: "client-address" }],
      ["X-Forwarded-Proto", { fact: "scheme" }],
    ]);
  });

  it("of HAProxy: retries on the same server, checks, one backup after the other, the cookie's mode", () => {
    const text = haproxySeed("leastconn", "cookie SRV insert indirect nocache");
    const group = first("haproxy", text);
    expect(group.failover).toMatchObject({ attempts: 4, elsewhere: false });
    expect(group.members.map(({ tier }) => tier)).toEqual([0, 0, 1]);
    expect(group.members[0]?.check).toMatchObject({ uri: "/health", intervalUs: 2_000_000, rise: 2, fall: 3 });
    expect(group.stickiness).toMatchObject({ kind: "own-cookie", cookie: "SRV" });
    expect(group.election).toEqual({ kind: "connections", words: "leastconn", weighted: true });
    const { sites, mostClients } = read("haproxy", text).intent;
    expect(mostClients).toBe(20_000);
    expect(sites[0]?.routes.map(({ match }) => match)).toEqual([
      { kind: "prefix", path: "/app", wholeParts: false },
      { kind: "prefix", path: "/", wholeParts: false },
    ]);
  });

  it("of Caddy: one policy, failures by duration, GET checks, what its transport waits for", () => {
    const group = first("caddy", CADDYFILE);
    expect(group.election).toEqual({ kind: "connections", words: "lb_policy least_conn", weighted: false });
    expect(group.members[0]).toMatchObject({ out: { afterFails: 1, forUs: 10_000_000 } });
    expect(group.members[0]?.check).toMatchObject({ method: "GET", uri: "/health", intervalUs: 30_000_000, fall: 1 });
    expect(group.failover).toMatchObject({ attempts: 3, elsewhere: true });
    expect(group.timeouts).toEqual({ connectUs: 3_000_000, silenceUs: null, waitUs: 0 });
  });
});
