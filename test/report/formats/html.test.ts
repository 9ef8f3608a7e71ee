import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/formats/html.ts";
import { readJson } from "../../../src/report/formats/json.ts";
import { fromColumns } from "../../../src/report/json-columns.ts";
import { fromPrintable } from "../../../src/report/printable-bytes.ts";
import { type FixtureOptions, fixtureResult } from "../fixture.ts";
import { wellFormedElements } from "../well-formed.ts";

const HOSTILE = `"'<img src=x onerror=alert(1)></script></style><!--]]>\u2028`;

const CASES: Readonly<Record<string, FixtureOptions>> = {
  "six variants": {},
  "one variant with one member": { variants: 1, members: 1 },
  "twelve variants": { variants: 12 },
  "one replication": { variants: 2, replications: 1 },
  "no request that ended": { variants: 2, silent: true },
  "no fault": { variants: 2, faults: [] },
  "hostile names": { variants: 2, rename: (name) => name + HOSTILE },
};

describe.each(Object.entries(CASES))("the report of %s", (_, options) => {
  const html = renderHtml(fixtureResult(options), "(() => {})();");

  it("refers to nothing outside itself", () => {
    const tags = html.replace(/<script type="application\/json".*?<\/script>/s, "").match(/<[a-z][^>]*>/g) ?? [];
    const references = tags.flatMap((tag) => tag.match(/\b(?:src|href|action|srcset|data)="[^"]*"/g) ?? []);
    expect(references.length).toBeGreaterThan(1);
    for (const reference of references) {
      const [, id = ""] = /^href="#([\w-]+)"$/.exec(reference) ?? [];
      expect(html, reference).toContain(` id="${id}"`);
    }
    expect(html.match(/url\((?!#)/g)).toBeNull();
    expect(html).not.toMatch(/@import|<link|<iframe|<base/);
  });

  it("forbids to load anything", () => {
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src/);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style"));
  });

  it("has a well-formed drawing, a finding and a table in every figure", () => {
    const figures = html.match(/<figure.*?<\/figure>/gs) ?? [];
    expect(figures.length).toBeGreaterThanOrEqual(8);
    for (const figure of figures) {
      const drawings = figure.match(/<svg.*?<\/svg>/gs) ?? [];
      expect(drawings).toHaveLength(1);
      for (const drawing of drawings) expect(wellFormedElements(drawing).slice(0, 3)).toEqual(["svg", "title", "desc"]);
      expect(figure).toMatch(/<figcaption><strong>.+<\/strong> <span>.+<\/span><\/figcaption>/s);
      expect(figure).toMatch(/<details><summary>Show as table<\/summary>.*<table/s);
    }
  });

  it("has no id twice and no coordinate that is not a number", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const drawing of html.match(/<svg.*?<\/svg>/gs) ?? []) expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("has a fixed number of scripts, whatever the names in it say", () => {
    expect(html.match(/<script/g)).toHaveLength(4);
    expect(html.match(/<\/script>/g)).toHaveLength(4);
    expect(html).not.toMatch(/<img/);
  });

  it("carries the whole result", () => {
    const [, packed = ""] = /<script type="text\/plain" id="result">(.*?)<\/script>/s.exec(html) ?? [];
    const columns = new TextDecoder().decode(gunzipSync(fromPrintable(packed)));
    expect(readJson(JSON.stringify(fromColumns(columns)))).toEqual(fixtureResult(options));
  });

  it("has the same bytes when it is made again", () => {
    expect(renderHtml(fixtureResult(options), "(() => {})();")).toBe(html);
  });
});

describe("the report", () => {
  it("says what is shown, how to make it again and what was left out", () => {
    const html = renderHtml(fixtureResult(), "");
    for (const words of [
      "no difference shown",
      "fingerprint 7d41-09be-5c10-aa02 - reproduce: lbsim run quick-start.yaml --seed 42 --replications 20",
      "ProxyHCTPsize (httpd.conf:17) may matter and is not modelled",
      "backends.default.cores",
      "Share of user requests (retries merged) whose final answer was good; one without an end was not.",
      "+  ProxySet lbmethod=bytraffic",
    ]) {
      expect(html).toContain(words);
    }
    expect(html.match(/<script/g)).toHaveLength(3);
  });

  it("takes the marks of the compiler out of the script and refuses one that ends itself", () => {
    const html = renderHtml(fixtureResult({ variants: 1 }), "run();\nexport {};\n//# sourceMappingURL=x.js.map");
    expect(html).toContain("<script>run();</script>");
    expect(() => renderHtml(fixtureResult({ variants: 1 }), "'</script>'")).toThrow(RangeError);
  });
});
