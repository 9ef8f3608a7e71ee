import { describe, expect, it } from "vitest";
import { besideHost } from "../../src/experiment/beside-host.ts";

/** A machine with these files; patterns match the names of one folder. */
function machine(files: Readonly<Record<string, string>>) {
  return {
    env: { A: "1" },
    load: (path: string) => files[path] ?? null,
    list: (pattern: string) => {
      const folder = pattern.slice(0, pattern.lastIndexOf("/") + 1);
      return Object.keys(files).filter((name) => name.startsWith(folder) && !name.slice(folder.length).includes("/"));
    },
  };
}

describe("besideHost", () => {
  it("counts relative names from the folder of the configuration, or the one above it", () => {
    const host = besideHost(
      machine({ "etc/sites/a": "beside", "etc/b": "above", "/c": "root" }),
      "etc/sites/x.conf",
      "",
    );
    expect(host.load("a")).toBe("beside");
    expect(host.load("b")).toBe("above");
    expect(host.load("/c")).toBe("root");
    expect(host.load("c")).toBeNull();
    expect(host.env).toEqual({ A: "1" });
  });

  it("finds files below a ServerRoot of another machine beside the configuration", () => {
    const text = 'Listen 80\n  ServerRoot "/srv/httpd/"\n';
    const host = besideHost(machine({ "copy/conf.d/a.conf": "a" }), "copy/httpd.conf", text);
    expect(host.load("/srv/httpd/conf.d/a.conf")).toBe("a");
    expect(host.load("/srv/other/conf.d/a.conf")).toBeNull();
    expect(host.list("/srv/httpd/conf.d/*")).toEqual(["/srv/httpd/conf.d/a.conf"]);
  });

  it("prefers the ServerRoot itself where this machine has it", () => {
    const files = { "copy/a.conf": "copied", "/srv/httpd/a.conf": "real" };
    expect(besideHost(machine(files), "copy/x.conf", "ServerRoot /srv/httpd\n").load("/srv/httpd/a.conf")).toBe("real");
  });

  it("names what it lists so that it can be loaded under that name", () => {
    const host = besideHost(machine({ "etc/conf.d/a": "1", "etc/conf.d/b": "2" }), "etc/x.conf", "");
    const names = host.list("conf.d/*");
    expect(names).toEqual(["conf.d/a", "conf.d/b"]);
    expect(names.map((name) => host.load(name))).toEqual(["1", "2"]);
  });

  it("works for a configuration in the current folder", () => {
    const host = besideHost(machine({ "conf.d/a": "1" }), "x.conf", "");
    expect(host.load("conf.d/a")).toBe("1");
    expect(host.list("conf.d/*")).toEqual(["conf.d/a"]);
  });
});
