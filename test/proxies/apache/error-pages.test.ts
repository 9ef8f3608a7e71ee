import { describe, expect, it } from "vitest";
import { OwnPages, PROXY_ERROR } from "../../../src/proxies/apache/error-pages.ts";

describe("the server's own pages", () => {
  const pages = new OwnPages();

  it("carry httpd's standard head", () => {
    const { head } = pages.error(503);
    expect(head.headers).toEqual([{ name: "Content-Type", value: "text/html; charset=iso-8859-1" }]);
    expect(`${head.status} ${head.reason}`).toBe("503 Service Unavailable");
  });

  it("put mod_proxy's reason into a 502 and a 500", () => {
    const text = (status: number, note: string) => pages.page(pages.error(status, PROXY_ERROR, note).page);
    const bad = text(502, "Error reading from remote server");
    expect(bad).toContain("<title>502 Proxy Error</title>");
    expect(bad).toContain(
      "upstream server.<br />\r\nThe proxy server could not handle the request<p>Reason: <strong>Error reading from remote server</strong></p></p>\n</body>",
    );
    expect(text(500, "DNS lookup failure for: x")).toContain(
      "<h1>Proxy Error</h1>\nThe proxy server could not handle the request<p>Reason: <strong>DNS lookup failure for: x</strong></p><p />\n</body>",
    );
  });

  it("are kept once per text", () => {
    expect(pages.error(404)).toBe(pages.error(404));
    expect(pages.page(9999)).toBe("");
  });
});
