import { describe, expect, it } from "vitest";
import type { ReadOptions } from "../../../../src/contract/proxy-family.ts";
import { read } from "../config/read-text.ts";
import { web } from "./cases.ts";

const A = "BalancerMember http://a";

describe("hints for refused configurations", () => {
  const cases: readonly (readonly [string, readonly string[], string, ReadOptions?])[] = [
    ["a trailing comment", web(`${A} loadfactor=5 # half`), 'no trailing comments: "# half"'],
    ["a trailing comment without a blank", web(`${A} #half`), 'no trailing comments: "#half"'],
    ["a stray space in a path", ["ProxyPass / app/ http://a/app/"], "Write /app/, or quote it"],
    ["upgrade= on a balancer", ["ProxyPass /ws balancer://a/ upgrade=websocket"], "belongs on each BalancerMember"],
    ["nofailover as a keyword", web(A, "ProxySet nofailover"), "write nofailover=On"],
    ["nofailover=Yes", web(A, "ProxySet nofailover=Yes"), "nofailover=On or nofailover=Off"],
    [
      "a balancer's parameter on a member",
      web(`${A} failonstatus=500`),
      "failonstatus= is a parameter of the balancer",
    ],
    ["a member's parameter on a balancer", web(A, "ProxySet retry=5"), "retry= is a parameter of a member"],
    ["weight=", web(`${A} weight=2`), "loadfactor"],
    ["a misspelt parameter", web(`${A} loadfaktor=2`), "misspelt member parameter"],
    ["a member parameter that is nearly one", web(`${A} loadfaktor=2`), 'did you mean "loadfactor"?'],
    ["a health parameter that is nearly one", web(`${A} hcinterwal=2`), 'did you mean "hcinterval"?'],
    ["the first wrong one of several", web(`${A} route=a rety=2`), 'did you mean "retry"?'],
    ["a balancer parameter that is nearly one", web(A, "ProxySet maxatempts=2"), 'did you mean "maxattempts"?'],
    ["an lbmethod that is nearly one", web(A, "ProxySet lbmethod=byrequest"), 'did you mean "byrequests"?'],
    ["a directive that is nearly one", ["ProxyPas / http://a/"], 'did you mean "ProxyPass"?'],
    ["a section that is nearly one", ["<Locaton /x>", "</Locaton>"], 'did you mean "<Location>"?'],
    ["an unknown lbmethod", web(A, "ProxySet lbmethod=leastconn"), "byrequests, bytraffic, bybusyness or heartbeat"],
    ["blanks around =", web(`${A} loadfactor = 5`), "no blanks around the equals sign"],
    ["a member without scheme", web("BalancerMember a:80"), "http://HOST:PORT"],
    ["a full-width space", web(`${A}\u3000route=a`, "BalancerMember"), "full-width space"],
    ["an unknown directive", ["ProxyPas / http://a/"], "look at its spelling"],
    ["a module that is missing", ["ProxyPass / http://a/"], "a2enmod proxy", { modules: { omit: ["proxy"] } }],
    [
      "health checks without the module",
      web(`${A} hcmethod=GET`),
      "mod_proxy_hcheck",
      { modules: { omit: ["proxy_hcheck"] } },
    ],
    ["an open section", ["<Proxy balancer://a>"], "closing tag"],
    ["no shared memory", web(A), "a2enmod slotmem_shm", { modules: { omit: ["slotmem_shm"] } }],
  ];

  it.each(cases.map((c) => [c[0], c] as const))("says what to do about %s", (_name, [, lines, hint, options = {}]) => {
    const { refusal } = read(lines, options);
    expect(refusal?.hint).toContain(hint);
  });

  it.each([
    ["a far-off parameter", web(`${A} something=2`)],
    ["a far-off directive", ["Whatever / http://a/"]],
  ] as const)("does not guess at %s", (_name, lines) => {
    expect(read(lines).refusal?.hint ?? "").not.toContain("did you mean");
  });
});
