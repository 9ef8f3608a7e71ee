import { describe, expect, it } from "vitest";
import { hostWith, load, read } from "./read-text.ts";

const ON = "RewriteEngine On";

function passedOver(...lines: string[]): string[] {
  return read(lines)
    .passedOver.filter(({ kind }) => kind === "unmodelled")
    .map(({ directive, position }) => `${directive}:${position.line}`);
}

describe("RewriteRule", () => {
  it("takes the conditions in front of it", () => {
    const { servers } = load([
      ON,
      "RewriteCond %{HTTP:Upgrade} !websocket [NC,OR]",
      "RewriteCond %{HTTP_HOST} >=b",
      'RewriteCond %{HTTP:N} "-ne 3"',
      'RewriteRule "^/a b/(.*)" /x?y=$1? [PT,E=A:b,S=2,QSA]',
      "RewriteRule !^/q - [F]",
    ]);
    expect(servers[0]?.rewrite?.rules).toMatchObject([
      {
        pattern: "^/a b/(.*)",
        output: "/x?y=$1?",
        passThrough: true,
        skip: 2,
        environment: ["A:b"],
        query: { append: true, last: true, none: false },
        conditions: [
          { test: { kind: "pattern", source: "websocket", ignoreCase: true }, negated: true, orNext: true },
          { test: { kind: "text", operator: ">=", value: "b" }, negated: false, orNext: false },
          { test: { kind: "number", operator: "=", value: 3 }, negated: true },
        ],
      },
      { pattern: "^/q", negated: true, output: null, status: 403, conditions: [] },
    ]);
  });

  it("leads to httpd's default worker where no other one fits", () => {
    const { servers, workers } = load([
      "ProxyPass /a http://one:8080/",
      ON,
      "RewriteRule ^/a/(.*) http://one:8080/$1 [P]",
      "RewriteRule ^/b/(.*) http://two/$1 [P]",
      "RewriteRule ^(/c.*) http://TWO:80$1 [P]",
      "RewriteRule .* ws://two:81%{REQUEST_URI} [P]",
    ]);
    expect(workers.map(({ url, disableReuse }) => `${url} ${disableReuse}`)).toEqual([
      "http://one:8080/ false",
      "http://two true",
      "ws://two:81 true",
    ]);
    expect(servers[0]?.rewrite).toMatchObject({
      workers: [0],
      defaults: { "http://two:80": 1, "ws://two:81": 2 },
    });
  });

  it("is kept with its section", () => {
    const { servers, workers } = load([
      "<Location /x>",
      ON,
      "RewriteRule y http://a/ [P]",
      "</Location>",
      "<Directory /var/www/>",
      "RewriteCond %{HTTP_HOST} z",
      "RewriteRule ^b/(.*) http://b/$1 [P]",
      "</Directory>",
    ]);
    expect(workers.map(({ url }) => url)).toEqual(["http://b", "http://a"]);
    expect(servers[0]?.rewrite).toMatchObject({
      isOn: false,
      rules: [],
      places: [
        { kind: "directory", directory: "/var/www/", isOn: undefined, rules: [{ conditions: [{}] }] },
        { kind: "location", directory: "/x/", isOn: true, rules: [{ pattern: "y", conditions: [] }] },
      ],
    });
  });

  it("finds the places of a text map", () => {
    const files = { "/m.txt": "a one:1\nb two:2|three:3 # both\n#c no\n" };
    const lines = [ON, "RewriteMap m rnd:/m.txt", "RewriteRule ^/(.*)/ http://\x24{m:$1|four}/ [P]"];
    expect(load(lines, {}, hostWith(files)).workers.map(({ address }) => address)).toEqual([
      "one:1",
      "two:2",
      "three:3",
      "four:80",
    ]);
  });

  it("is passed over where it asks for what lbsim does not know", () => {
    const rules = [
      "RewriteRule ^/(.*) http://$1/ [P]",
      "RewriteRule ^/(.*) http://host-%{HTTP_HOST}/ [P]",
      "RewriteRule ^/(.*) /$1 [P]",
      "RewriteRule ^/(?i)x balancer://a/ [P]",
      "RewriteRule ^/x balancer://a/%{TIME_HOUR} [P]",
      "RewriteRule ^/x - [H=server-status]",
    ];
    expect(passedOver(ON, ...rules)).toEqual([7, 2, 3, 4, 5, 6].map((line) => `RewriteRule:${line}`));
    expect(passedOver(ON, "RewriteCond %{REQUEST_FILENAME} -U", "RewriteRule ^ - [F]")).toEqual(["RewriteRule:3"]);
    expect(passedOver("<Location /x>", ON, "RewriteRule ^ /other", "</Location>")).toEqual(["RewriteRule:3"]);
    expect(passedOver("<Location /x*>", ON, "RewriteRule ^ http://a/ [P]", "</Location>")).toEqual(["RewriteRule:3"]);
    expect(passedOver(ON, "RewriteMap m prg:/x", "RewriteRule ^/(.*) http://\x24{m:$1}/ [P]")).toEqual([
      "RewriteRule:3",
    ]);
  });
});
