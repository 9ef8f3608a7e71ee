import type { Refusal } from "../../../contract/proxy-family.ts";
import { suggest } from "../../../contract/suggest.ts";
import { BALANCER_PARAMETERS } from "../config/balancer-parameters.ts";
import { HEALTH_PARAMETERS } from "../config/health-parameters.ts";
import { KNOWN_DIRECTIVES } from "../config/known-directives.ts";
import { MEMBER_PARAMETERS } from "../config/member-parameters.ts";
import type { RefusedDirective } from "../config/refused.ts";

interface Rule {
  readonly applies: (text: string, directive: RefusedDirective) => boolean;
  readonly hint: (directive: RefusedDirective) => string;
}

const BALANCER_KEYS =
  /(?:^|\s)(nofailover|failonstatus|failontimeout|forcerecovery|maxattempts|stickysession|lbmethod)=/i;
const MEMBER_KEYS =
  /(?:^|\s)(retry|loadfactor|route|status|ping|keepalive|connectiontimeout|hcmethod|max|acquire|lbset)=/i;

/** In order of certainty: the first that applies is told. */
const RULES: readonly Rule[] = [
  {
    applies: (_text, d) => /[\u00a0\u3000]/.test(d.args) || /[\u00a0\u3000]/.test(d.name),
    hint: () => "the line contains a no-break or full-width space, which httpd takes as a letter: write a plain blank",
  },
  {
    applies: (_text, d) => /[\u201c-\u201f\u2018\u2019]/.test(d.args),
    hint: () => 'the line contains typographic quotes, which httpd takes as letters: write "plain" ones',
  },
  {
    applies: (text, d) => / #|^#/.test(d.args) && !text.includes("Invalid command"),
    hint: (d) => {
      const comment = d.args
        .slice(Math.max(0, d.args.search(/(?:^| )#/)))
        .trim()
        .slice(0, 60);
      return `httpd has no trailing comments: "${comment}" is read as arguments. Put it on a line of its own`;
    },
  },
  {
    applies: (text, d) =>
      /^proxypass/.test(d.name) && text.includes("key=value") && /^\S*\s+[^\s:]+\/?\s+\S+:\/\//.test(d.args),
    hint: (d) => {
      const [first = "", second = ""] = d.args.trim().split(/\s+/);
      return `the path has a stray space: "${first} ${second}" is two words. Write ${first}${second.replace(/^\//, "")}, or quote it`;
    },
  },
  {
    applies: (text, d) => text.includes("unknown Balancer parameter") && /(?:^|\s)upgrade=/i.test(d.args),
    hint: () => "upgrade= belongs on each BalancerMember (or on a ProxyPass that leads to one URL), not on a balancer",
  },
  {
    applies: (text, d) => text.includes("key=value") && /(?:^|\s)nofailover(?:\s|$)/i.test(d.args),
    hint: () => "nofailover is no keyword: write nofailover=On, on ProxySet or on the ProxyPass to the balancer",
  },
  {
    applies: (text, d) => /unknown Worker/.test(text) && BALANCER_KEYS.test(d.args),
    hint: (d) => `${BALANCER_KEYS.exec(d.args)?.[1] ?? ""}= is a parameter of the balancer: write it with ProxySet`,
  },
  {
    applies: (text, d) => text.includes("unknown Balancer parameter") && MEMBER_KEYS.test(d.args),
    hint: (d) => `${MEMBER_KEYS.exec(d.args)?.[1] ?? ""}= is a parameter of a member: write it on BalancerMember`,
  },
  {
    applies: (text, d) => text.includes("unknown Worker parameter") && /(?:^|\s)hc\w+=/i.test(d.args),
    hint: () => "health check parameters need mod_proxy_hcheck",
  },
  {
    applies: (text, d) => /unknown Worker/.test(text) && /(?:^|\s)weight=/i.test(d.args),
    hint: () => "httpd calls the weight loadfactor (1 to 100)",
  },
  {
    applies: (text) => /unknown Worker/.test(text),
    hint: (d) =>
      `${didYouMean(nearKey(d.args, MEMBER_KEYS_ALL))}a misspelt member parameter; with mod_proxy_hcheck loaded httpd calls every one of them a hcheck parameter`,
  },
  {
    applies: (text, d) => text.includes("unknown Balancer parameter") && nearKey(d.args, BALANCER_PARAMETERS) !== null,
    hint: (d) => didYouMean(nearKey(d.args, BALANCER_PARAMETERS)).trim(),
  },
  {
    applies: (text) => text.includes("unknown lbmethod"),
    hint: (d) =>
      `${didYouMean(nearMethod(d.args))}lbmethod is byrequests, bytraffic, bybusyness or heartbeat in lower case, and its mod_lbmethod_… must be loaded`,
  },
  {
    applies: (text) => text.includes("failover must be On|Off"),
    hint: () => "write nofailover=On or nofailover=Off",
  },
  {
    applies: (text, d) => text.includes("balancer name when defined in a location") && /\s=\s|=\s|\s=/.test(d.args),
    hint: () => "no blanks around the equals sign: key=value",
  },
  {
    applies: (text) => text.includes("URL must be absolute"),
    hint: () => "a member is written with its scheme: http://HOST:PORT",
  },
  {
    applies: (text) => text.includes("Unable to parse URL"),
    hint: () => "a member is written with its scheme and a numeric port: http://HOST:PORT",
  },
  {
    applies: (text) => text.includes("Invalid command"),
    hint: (d) => moduleHint(d.name),
  },
];

const MEMBER_KEYS_ALL: readonly string[] = [...MEMBER_PARAMETERS, ...HEALTH_PARAMETERS];
const LBMETHODS: readonly string[] = ["byrequests", "bytraffic", "bybusyness", "heartbeat"];

function didYouMean(word: string | null): string {
  return word === null ? "" : `did you mean "${word}"? `;
}

/** A known key that the first unknown one of a line is near to. */
function nearKey(args: string, known: readonly string[]): string | null {
  const keys = [...args.matchAll(/(?:^|\s)["']?([A-Za-z_-]+)=/g)].map((found) => (found[1] as string).toLowerCase());
  const unknown = keys.find((key) => !known.includes(key));
  return unknown === undefined ? null : suggest(unknown, known);
}

function nearMethod(args: string): string | null {
  const written = /(?:^|\s)["']?lbmethod=([^\s"']*)/i.exec(args)?.[1] ?? "";
  return LBMETHODS.includes(written) ? null : suggest(written, LBMETHODS);
}

function nearDirective(name: string): string | null {
  const near = suggest(name, [...KNOWN_DIRECTIVES.keys()]);
  const known = near === null ? undefined : KNOWN_DIRECTIVES.get(near);
  return known === undefined ? null : known.name.startsWith("<") ? `${known.name}>` : known.name;
}

function moduleHint(name: string): string {
  const known = KNOWN_DIRECTIVES.get(name);
  if (known === undefined)
    return `${didYouMean(nearDirective(name))}no module of httpd knows this directive; look at its spelling`;
  const module = known.modules[0] ?? "";
  return `it comes with mod_${module}: LoadModule ${module}_module modules/mod_${module}.so (Debian: a2enmod ${module})`;
}

const START_HINTS: readonly (readonly [string, string])[] = [
  ["No MPM loaded", "load one: LoadModule mpm_event_module modules/mod_mpm_event.so"],
  ["More than one MPM", "keep one of mpm_event, mpm_worker and mpm_prefork"],
  ["mod_slotmem_shm", "LoadModule slotmem_shm_module modules/mod_slotmem_shm.so (Debian: a2enmod slotmem_shm)"],
  [
    "Cannot find LB Method",
    "load the module of the lbmethod, e.g. LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so",
  ],
  ["was not closed", "add the closing tag of the section"],
  ["include depth", "a file includes itself, directly or through others"],
];

/** What to do about a refusal; null when httpd's words say it all. */
export function hintForRefusal(refusal: Refusal, directive: RefusedDirective | null): string | null {
  const start = START_HINTS.find(([part]) => refusal.text.includes(part));
  if (start !== undefined) return start[1];
  if (directive === null) return null;
  return RULES.find((rule) => rule.applies(refusal.text, directive))?.hint(directive) ?? null;
}
