import { describe, expect, it } from "vitest";
import { asked } from "./scripted.ts";

/** $remote_addr of a request from 127.0.0.2 with a header. */
function seen(lines: string, header: string, name = "X-Forwarded-For"): string | undefined {
  const server = `${lines} location / { return 200 $remote_addr; }`;
  return asked(server, { from: "127.0.0.2", headers: header === "" ? {} : { [name]: header } }).body;
}

describe("realip", () => {
  const XFF = "set_real_ip_from 127.0.0.0/8; real_ip_header X-Forwarded-For;";

  it("takes the last address of the header when the client is trusted", () => {
    expect(seen(XFF, "192.0.2.1, 192.0.2.2")).toBe("192.0.2.2");
    expect(seen(XFF, "192.0.2.1,192.0.2.2 ,")).toBe("192.0.2.2");
    expect(seen("set_real_ip_from 10.0.0.0/8; real_ip_header X-Forwarded-For;", "192.0.2.1")).toBe("127.0.0.2");
    expect(seen(XFF, "")).toBe("127.0.0.2");
  });

  it("goes on to the left past trusted addresses with real_ip_recursive", () => {
    const recursive = `${XFF} set_real_ip_from 192.0.2.2; real_ip_recursive on;`;
    expect(seen(recursive, "198.51.100.1, 192.0.2.1, 192.0.2.2")).toBe("192.0.2.1");
    // All are trusted: the first of them.
    expect(seen(recursive, "192.0.2.2, 127.9.9.9")).toBe("192.0.2.2");
  });

  it("stops at what is no address", () => {
    expect(seen(XFF, "192.0.2.1, unknown")).toBe("127.0.0.2");
    expect(seen(`${XFF} real_ip_recursive on;`, "unknown, 127.1.1.1")).toBe("127.1.1.1");
  });

  it("reads X-Real-IP by default, and a list in any header; ports don't count", () => {
    expect(seen("set_real_ip_from 127.0.0.2;", "192.0.2.1:8080", "X-Real-IP")).toBe("192.0.2.1");
    const own = "set_real_ip_from 127.0.0.2; real_ip_header CF-Connecting-IP;";
    expect(seen(own, "192.0.2.1, 192.0.2.2", "CF-Connecting-IP")).toBe("192.0.2.2");
    expect(seen(XFF, "[2001:db8::1]:443")).toBe("2001:db8::1");
  });

  it("keeps what the server found when the location says something else", () => {
    const server = `${XFF} location / { set_real_ip_from 127.0.0.2; real_ip_header X-Real-IP; proxy_pass http://app; proxy_set_header X-A $remote_addr; }`;
    const headers = { "X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.9" };
    expect(asked(server, { from: "127.0.0.2", headers }).backend_headers?.[0]?.["X-A"]).toBe("192.0.2.1");
  });
});
