import { describe, expect, it } from "vitest";
import { joinPath } from "../../../src/config/document/join-path.ts";

describe("a path in a file", () => {
  it("is relative to the folder of the file", () => {
    expect(joinPath("a/b/s.yaml", "httpd.conf")).toBe("a/b/httpd.conf");
    expect(joinPath("s.yaml", "./conf/httpd.conf")).toBe("conf/httpd.conf");
    expect(joinPath("/etc/lbsim/s.yaml", "../httpd.conf")).toBe("/etc/httpd.conf");
  });

  it("stays when it is absolute", () => {
    expect(joinPath("a/s.yaml", "/etc/httpd.conf")).toBe("/etc/httpd.conf");
  });

  it("may lead out of the folder where the run began, but not above the root", () => {
    expect(joinPath("a/s.yaml", "../../b.conf")).toBe("../b.conf");
    expect(joinPath("../s.yaml", "../b.conf")).toBe("../../b.conf");
    expect(joinPath("/s.yaml", "../../b.conf")).toBe("/b.conf");
  });
});
