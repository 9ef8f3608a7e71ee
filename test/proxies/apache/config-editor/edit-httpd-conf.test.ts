import { describe, expect, it } from "vitest";
import type { MemberConfig } from "../../../../src/proxies/apache/config/apache-config.ts";
import {
  type EditedConfig,
  type EditTarget,
  editHttpdConf,
} from "../../../../src/proxies/apache/config-editor/index.ts";

const TEXT = `# shop
Timeout 60
<Proxy "balancer://Shop">
    BalancerMember http://10.0.0.1:8080 route=node1 retry=5
    BalancerMember "http://10.0.0.2:8080" \\
        route=node2   # not a comment for httpd
    ProxySet lbmethod=byrequests stickysession=JSESSIONID|jsessionid
</Proxy>
<VirtualHost *:80>
    Timeout 5
    ProxyPass /static !
    ProxyPass / balancer://shop/ nofailover=Off
</VirtualHost>
`;

/** The parts of a member that the editor looks at. */
function member(n: number, line: number, changes: Partial<MemberConfig> = {}): MemberConfig {
  const address = `10.0.0.${n}:8080`;
  const position = { file: "httpd.conf", line, column: 5, length: 14 };
  return {
    address,
    url: `http://${address}`,
    host: `10.0.0.${n}`,
    route: `node${n}`,
    position,
    ...changes,
  } as MemberConfig;
}

function config(...balancers: readonly [string, readonly MemberConfig[]][]): EditedConfig {
  const made = balancers.map(([name, members]) => ({ name, members }));
  return { file: "httpd.conf", balancers: made as unknown as EditedConfig["balancers"], workers: [] };
}

const SHOP = config(["shop", [member(1, 4), member(2, 5)]]);
const balancer = (name: string): EditTarget => ({ kind: "balancer", name });
const worker = (name: string): EditTarget => ({ kind: "member", name });
const server: EditTarget = { kind: "server", name: "" };
const bare: EditTarget = { kind: "any", name: "" };

function edited(target: EditTarget, key: string, value: string, text = TEXT, read = SHOP): string {
  const result = editHttpdConf(text, read, target, key, value);
  if (!("text" in result)) throw new Error(result.message);
  return result.text;
}

function refusal(target: EditTarget, key: string, value = "1", text = TEXT, read = SHOP) {
  const result = editHttpdConf(text, read, target, key, value);
  if ("text" in result) throw new Error("it was changed");
  return result;
}

/** Lines of the result that the text didn't have. */
function newLines(result: string, text = TEXT): readonly string[] {
  const old = text.split("\n");
  return result.split("\n").filter((line) => !old.includes(line));
}

describe("a parameter of a balancer", () => {
  it("is replaced where it stands and leaves everything else byte for byte", () => {
    const result = edited(balancer("shop"), "lbmethod", "bybusyness");
    expect(result).toBe(TEXT.replace("lbmethod=byrequests", "lbmethod=bybusyness"));
  });

  it("is found whatever the case of key and name, and with the scheme", () => {
    const expected = TEXT.replace("lbmethod=byrequests", "LBMethod=bytraffic");
    expect(edited(balancer("balancer://SHOP"), "LBMethod", "bytraffic")).toBe(expected);
  });

  it("is replaced on ProxyPass lines too", () => {
    expect(edited(balancer("shop"), "nofailover", "On")).toBe(TEXT.replace("nofailover=Off", "nofailover=On"));
  });

  it("is replaced everywhere, because the last line wins", () => {
    const text = `${TEXT}ProxySet balancer://shop lbmethod=bytraffic\n`;
    expect(newLines(edited(balancer("shop"), "lbmethod", "heartbeat", text), text)).toEqual([
      "    ProxySet lbmethod=heartbeat stickysession=JSESSIONID|jsessionid",
      "ProxySet balancer://shop lbmethod=heartbeat",
    ]);
  });

  it("that nobody set becomes a ProxySet line at the end of the section, indented like its neighbours", () => {
    expect(edited(balancer("shop"), "timeout", "3")).toBe(TEXT.replace("</Proxy>", "    ProxySet timeout=3\n</Proxy>"));
  });

  it("goes to the ProxyPass line where no section defines the balancer", () => {
    const text = "ProxyPass / balancer://shop/ lbmethod=byrequests\n";
    expect(edited(balancer("shop"), "nofailover", "On", text)).toBe(
      "ProxyPass / balancer://shop/ lbmethod=byrequests nofailover=On\n",
    );
  });

  it("leaves other balancers and ProxySet lines for workers alone", () => {
    const text = `<Proxy balancer://other>\n  ProxySet lbmethod=bytraffic\n</Proxy>\n<Proxy balancer://shop>\n  ProxySet http://10.0.0.1:8080 lbmethod=x\n</Proxy>\n`;
    const read = config(["other", []], ["shop", [member(1, 5)]]);
    expect(newLines(edited(balancer("shop"), "lbmethod", "bybusyness", text, read), text)).toEqual([
      "  ProxySet lbmethod=bybusyness",
    ]);
  });

  it("keeps line breaks of Windows", () => {
    const text = "<Proxy balancer://shop>\r\n  BalancerMember http://a\r\n</Proxy>\r\n";
    expect(edited(balancer("shop"), "lbmethod", "bytraffic", text)).toBe(
      "<Proxy balancer://shop>\r\n  BalancerMember http://a\r\n  ProxySet lbmethod=bytraffic\r\n</Proxy>\r\n",
    );
  });

  it("is refused for a balancer that is not there or stands in another file", () => {
    expect(refusal(balancer("shpo"), "lbmethod")).toMatchObject({
      code: "unknown-setting",
      hint: "balancers: shop",
      position: null,
    });
    expect(refusal(balancer("shop"), "lbmethod", "x", "Include conf.d/*.conf\n").message).toBe(
      'balancer "shop" is not defined in httpd.conf itself',
    );
  });
});

describe("a parameter of a member", () => {
  it("is replaced on its line, or added at the end of it", () => {
    expect(edited(worker("10.0.0.1:8080"), "retry", "0")).toBe(TEXT.replace("retry=5", "retry=0"));
    expect(newLines(edited(worker("node1"), "loadfactor", "3"))).toEqual([
      "    BalancerMember http://10.0.0.1:8080 route=node1 retry=5 loadfactor=3",
    ]);
  });

  it("is added after the last line of a continued directive", () => {
    expect(newLines(edited(worker("http://10.0.0.2:8080"), "retry", "1"))).toEqual([
      "        route=node2   # not a comment for httpd retry=1",
    ]);
  });

  it("in quotes is replaced as a whole, and a value with blanks is quoted", () => {
    const text = `<Proxy balancer://shop>\nBalancerMember http://10.0.0.1:8080 "route=node 1" 'retry=5'\n</Proxy>\n`;
    const read = config(["shop", [member(1, 2)]]);
    expect(edited(worker("10.0.0.1"), "retry", "7", text, read)).toContain(`"route=node 1" retry=7\n`);
    expect(edited(worker("10.0.0.1"), "route", 'a "b"', text, read)).toContain(`"route=a \\"b\\"" 'retry=5'\n`);
  });

  it("is refused when two members could be meant, unless the balancer is named", () => {
    const text =
      "<Proxy balancer://a>\nBalancerMember http://10.0.0.1:8080\n</Proxy>\n<Proxy balancer://b>\nBalancerMember http://10.0.0.1:8080\n</Proxy>\n";
    const read = config(["a", [member(1, 2)]], ["b", [member(1, 5)]]);
    expect(refusal(worker("10.0.0.1:8080"), "retry", "1", text, read)).toMatchObject({
      code: "ambiguous-setting",
      hint: "write one of: member(a/10.0.0.1:8080).retry, member(b/10.0.0.1:8080).retry",
    });
    expect(edited(worker("b/10.0.0.1:8080"), "retry", "1", text, read).split("\n")[4]).toBe(
      "BalancerMember http://10.0.0.1:8080 retry=1",
    );
  });

  it("is refused for a member that is not there or stands in an included file", () => {
    expect(refusal(worker("node9"), "retry").hint).toBe("members: 10.0.0.1:8080, 10.0.0.2:8080");
    const elsewhere = member(1, 4, { position: { file: "conf.d/a.conf", line: 4, column: 1, length: 0 } });
    expect(refusal(worker("node1"), "retry", "1", TEXT, config(["shop", [elsewhere]])).message).toBe(
      '"node1" stands in conf.d/a.conf, not in httpd.conf',
    );
  });
});

describe("a directive of the server", () => {
  it("is changed in the main server only", () => {
    expect(edited(server, "Timeout", "10")).toBe(TEXT.replace("Timeout 60", "Timeout 10"));
    expect(edited(server, "timeout", "10")).toBe(TEXT.replace("Timeout 60", "Timeout 10"));
  });

  it("is changed inside IfModule, and added at the end where nobody set it", () => {
    const text = "<IfModule mpm_event_module>\n  ThreadsPerChild 25\n</IfModule>";
    expect(edited(server, "ThreadsPerChild", "50", text)).toBe(text.replace("25", "50"));
    expect(edited(server, "Timeout", "5", text)).toBe(`${text}\nTimeout 5\n`);
  });

  it("ignores comments, continued comments too", () => {
    const text = "# \\\nTimeout 1\nTimeout 2\n";
    expect(edited(server, "Timeout", "3", text)).toBe("# \\\nTimeout 1\nTimeout 3\n");
  });
});

describe("a bare key", () => {
  it("is allowed where one target exists", () => {
    expect(edited(bare, "lbmethod", "bytraffic")).toBe(TEXT.replace("lbmethod=byrequests", "lbmethod=bytraffic"));
    const one = config(["shop", [member(1, 4)]]);
    expect(edited(bare, "retry", "9", TEXT, one)).toBe(TEXT.replace("retry=5", "retry=9"));
  });

  it("is refused where several exist, with the ways to write it", () => {
    expect(refusal(bare, "retry")).toMatchObject({
      code: "ambiguous-setting",
      hint: "write one of: member(10.0.0.1:8080).retry, member(10.0.0.2:8080).retry",
    });
    // timeout exists for balancers and members.
    expect(refusal(bare, "timeout").message).toBe('"timeout" can mean 3 things');
  });

  it("is refused when nothing has such a parameter", () => {
    expect(refusal(bare, "lbmetod").code).toBe("unknown-setting");
    expect(refusal(bare, "lbmethod", "x", "", config()).code).toBe("unknown-setting");
  });
});

describe("values", () => {
  it("true and false are written On and Off", () => {
    expect(edited(balancer("shop"), "nofailover", "true")).toBe(TEXT.replace("nofailover=Off", "nofailover=On"));
  });

  it("with a line break are refused, as are targets of other families", () => {
    expect(refusal(server, "Timeout", "1\nListen 99").code).toBe("wrong-value");
    expect(refusal({ kind: "upstream", name: "a" }, "method").hint).toBe("write balancer(a).method");
    expect(refusal(server, "Time out").code).toBe("unknown-setting");
  });
});
