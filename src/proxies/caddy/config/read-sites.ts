import type { CaddyConfig, Matcher, Route, ServerConfig } from "./caddy-config.ts";
import type { DirectiveNode, SiteBlock } from "./directive-node.ts";
import { DIRECTIVE_ORDER, GLOBAL_OPTIONS, PASSED_OVER } from "./directive-order.ts";
import { type Collected, readSiteRoutes } from "./read-routes.ts";
import { Refused } from "./refused.ts";
import { listenPort, parseSiteAddress, type SiteAddress } from "./site-address.ts";
import { positionOf, refuse } from "./token.ts";

/** caddyhttp/app.go, Caddy 2.6.2: idle client connections are kept for 5 minutes, a request head may take for ever. */
export const DEFAULT_IDLE_TIMEOUT_US = 300_000_000;

interface Globals {
  readonly httpPort: string;
  readonly httpsPort: string;
  readonly bind: readonly string[];
}

interface Site {
  readonly address: SiteAddress;
  readonly listens: readonly string[];
  readonly routes: readonly Route[];
}

/** The sites of a Caddyfile as servers, one per listener (caddyconfig/httpcaddyfile/httptype.go, Caddy 2.6.2). */
export function readSites(file: string, blocks: readonly SiteBlock[], collected: Collected): CaddyConfig {
  const [first] = blocks;
  const globalBlock = first !== undefined && first.keys.length === 0 ? first : null;
  const globals = readGlobals(globalBlock?.directives ?? [], collected);
  const sites: Site[] = [];
  const seen = new Set<string>();
  for (const block of blocks) {
    if (block === globalBlock) continue;
    const addresses = block.keys.map(parseSiteAddress);
    for (const [i, address] of addresses.entries()) {
      if (seen.has(address.text)) {
        const key = block.keys[i];
        throw new Refused(`ambiguous site definition: ${address.text}`, key === undefined ? null : positionOf(key));
      }
      seen.add(address.text);
    }
    const routes = readSiteRoutes(block.directives, addresses[0]?.text ?? file, collected);
    const binds = block.directives
      .filter(({ name }) => name.text === "bind")
      .flatMap(({ args }) => args.map(({ text }) => text));
    const hosts = binds.length > 0 ? binds : globals.bind.length > 0 ? globals.bind : [""];
    for (const address of addresses) {
      const port = listenPort(address, globals.httpPort, globals.httpsPort);
      sites.push({ address, routes, listens: hosts.map((host) => `${host}:${port}`) });
    }
  }
  const names = sites.map(({ address }) => address.host).filter((host) => host !== "");
  return { file, servers: serversOf(sites), proxies: collected.proxies, names: [...new Set(names)] };
}

function readGlobals(options: readonly DirectiveNode[], collected: Collected): Globals {
  let httpPort = "80";
  let httpsPort = "443";
  let bind: readonly string[] = [];
  for (const option of options) {
    const { text } = option.name;
    if (!GLOBAL_OPTIONS.includes(text))
      throw new Refused(
        `${option.name.file}:${option.name.line}: unrecognized global option: ${text}`,
        positionOf(option.name),
      );
    const value = option.args[0]?.text ?? "";
    if (text === "http_port") httpPort = value;
    else if (text === "https_port") httpsPort = value;
    else if (text === "default_bind") bind = option.args.map((arg) => arg.text);
    else if (text === "order") moveDirective(option, collected);
    else
      collected.passedOver.push({
        kind: text === "servers" ? "unmodelled" : "ignored",
        directive: text,
        position: positionOf(option.name),
      });
  }
  return { httpPort, httpsPort, bind };
}

/** `order DIRECTIVE first|last|before X|after X`. */
function moveDirective(option: DirectiveNode, collected: Collected): void {
  const [name, place, other] = option.args.map(({ text }) => text);
  if (name === undefined || place === undefined) return;
  if (!DIRECTIVE_ORDER.includes(name) && !Object.hasOwn(PASSED_OVER, name))
    throw refuse(option.args[0] ?? option.name, `${name} is not a registered directive`);
  const rest = collected.order.filter((each) => each !== name);
  const at = other === undefined ? -1 : rest.indexOf(other);
  const to = place === "first" ? 0 : place === "last" ? rest.length : place === "before" ? at : at + 1;
  rest.splice(to < 0 ? rest.length : to, 0, name);
  collected.order = rest;
}

/** Sites of one listener, the more specific names first; each is one terminal route. */
function serversOf(sites: readonly Site[]): readonly ServerConfig[] {
  const byListen = new Map<string, Site[]>();
  for (const site of sites) {
    for (const listen of site.listens) {
      const there = byListen.get(listen);
      if (there === undefined) byListen.set(listen, [site]);
      else there.push(site);
    }
  }
  return [...byListen].map(([listen, there]) => ({
    listens: [listen],
    routes: [...there].sort(bySpecificity).map(siteRoute),
    idleTimeoutUs: DEFAULT_IDLE_TIMEOUT_US,
    readHeaderTimeoutUs: 0,
  }));
}

function bySpecificity(a: Site, b: Site): number {
  const key = ({ address }: Site): number =>
    address.host === "" ? 0 : address.host.includes("*") ? 1000 + address.host.length : 2000 + address.host.length;
  return key(b) - key(a) || b.address.path.length - a.address.path.length;
}

function siteRoute({ address, routes }: Site): Route {
  const matchers: Matcher[] = [];
  if (address.host !== "") matchers.push({ kind: "host", hosts: [address.host] });
  if (address.path !== "" && address.path !== "/")
    matchers.push({ kind: "path", patterns: [address.path.toLowerCase()] });
  return {
    match: matchers.length === 0 ? [] : [matchers],
    group: "",
    terminal: true,
    handlers: [{ kind: "subroute", routes }],
  };
}
