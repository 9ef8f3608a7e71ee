import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { cookieValue, sessionOfCookie, sessionOfUrl, urlValue } from "../../../src/proxies/apache/session-value.ts";
import { balancerOf } from "./balancer-of.ts";
import { member } from "./build-config.ts";

describe("a session in a URL", () => {
  const value = (url: string) => urlValue(url, "jsessionid", false);

  it("is found anywhere, without a word boundary in front", () => {
    expect(value("/a;jsessionid=abc.node2")).toBe("abc.node2");
    expect(value("/a;xjsessionid=abc.node2")).toBe("abc.node2");
    expect(value("/a?jsessionid=q.node3&x=1")).toBe("q.node3");
    expect(value("/jsessionid=x.node3")).toBe("x.node3");
  });

  it("runs to the next ? or &, so a slash or a semicolon belongs to it", () => {
    expect(value("/a;jsessionid=abc.node2/b")).toBe("abc.node2/b");
    expect(value("/a;jsessionid=abc.node2;x=1?y=2")).toBe("abc.node2;x=1");
    expect(urlValue("/a;jsessionid=abc.node2;x=1", "jsessionid", true)).toBe("abc.node2");
  });

  it("comes to an end with an empty name, as stickysession=A| and |a give it", () => {
    expect(urlValue("/plain", "", false)).toBeNull();
    expect(cookieValue("plain", "")).toBeNull();
  });

  it("needs at least one character, and skips delimiters in front", () => {
    expect(value("/a;jsessionid=")).toBeNull();
    expect(value("/a?jsessionid=&x.node1")).toBe("x.node1");
    expect(value("/a?jsessionid=&")).toBeNull();
    expect(value("/a;jsessionidx=1")).toBeNull();
    expect(value("/a;JSESSIONID=1.a")).toBeNull();
  });
});

describe("a session in a Cookie header", () => {
  const value = (header: string) => cookieValue(header, "SID");

  it("is the first cookie of exactly this name", () => {
    expect(value("SID=q.node3")).toBe("q.node3");
    expect(value("a=b; SID=q.node3")).toBe("q.node3");
    expect(value("SID=q.node1; SID=q.node3")).toBe("q.node1");
    expect(value("SIDX=q.node1; SID=q.node3")).toBe("q.node3");
    expect(value("a=b,SID=q.node3")).toBe("q.node3");
    expect(value("XSID=q.node3")).toBeNull();
    expect(value("x=SID=q.node3")).toBeNull();
    expect(value("sid=q.node3")).toBeNull();
  });

  it("keeps quotes and blanks, and an empty first occurrence counts", () => {
    expect(value("SID = q.node3")).toBe(" q.node3");
    expect(value('SID="q.node3"')).toBe('"q.node3"');
    expect(value("SID=q.node3 ; b=c")).toBe("q.node3 ");
    expect(value("SID=; SID=q.node3")).toBe("");
  });
});

describe("the route in a session", () => {
  const sticky = { stickySession: { cookie: "SID", path: "sid" } };

  it("is the text after the first separator, or the whole value without one", () => {
    const dotted = balancerOf([member("a")], sticky);
    expect(sessionOfCookie(dotted, new Text("SID=x.eu.node2"))?.route).toBe("eu.node2");
    expect(sessionOfCookie(dotted, new Text("SID=noroute"))?.route).toBeNull();
    const colon = balancerOf([member("a")], { ...sticky, stickySessionSeparator: ":" });
    expect(sessionOfCookie(colon, new Text("SID=x:a"))?.route).toBe("a");
    const off = balancerOf([member("a")], { ...sticky, stickySessionSeparator: null });
    expect(sessionOfCookie(off, new Text("SID=x.a"))?.route).toBe("x.a");
  });

  it("is read once per text and says under which name it was found", () => {
    const of = balancerOf([member("a")], sticky);
    const text = new Text("SID=x.a");
    expect(sessionOfCookie(of, text)).toBe(sessionOfCookie(of, text));
    expect(sessionOfCookie(of, text)?.name).toBe("SID");
    expect(sessionOfUrl(of, "/x;sid=y.b")?.name).toBe("sid");
  });
});
