import type { ClientRequest } from "../../../contract/http-message.ts";
import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { ClientConnection } from "../client-connection.ts";
import type { ServerConfig } from "../config/apache-config.ts";
import type { RewriteConfig } from "../config/rewrite-config.ts";
import type { Exchange } from "../exchange.ts";
import type { ExpressionContext } from "../expression.ts";
import { RequestExtras } from "../request-extras.ts";
import type { BackReferences } from "./expansion.ts";
import { rewriteCookie } from "./rewrite-cookie.ts";
import type { RewriteRequest } from "./rewrite-engine.ts";
import { escapeUri } from "./target-url.ts";

/** The server as a request finds it. */
export interface ServerView {
  readonly config: ServerConfig;
  readonly rewrite: RewriteConfig;
  /** Name where the client gives none. */
  readonly name: string;
  readonly scheme: "http" | "https";
  /** Addresses of the machine's listeners. */
  readonly listens: readonly string[];
  /** Files that the server has, by URL path. */
  readonly localFiles: Readonly<Record<string, string>>;
}

/** A request as rules see it: httpd's variables out of what lbsim knows of it (lookup_variable of mod_rewrite.c, 2.4.x). */
export class RequestView implements RewriteRequest {
  filename = "";
  args: string | null = null;
  readonly groups: BackReferences = { rule: null, condition: null };
  readonly expressions: ExpressionContext = {
    variable: (name) => this.variable(name),
    call: (name, argument) => {
      if (name === "http" || name === "req") return this.header(argument) ?? "";
      if (name === "env" || name === "reqenv") return this.exchange.env(argument) ?? "";
      if (name === "tolower") return argument.toLowerCase();
      return name === "toupper" ? argument.toUpperCase() : null;
    },
  };
  private readonly server: ServerView;
  private readonly random: RandomSource;
  private exchange!: Exchange;
  private connection!: ClientConnection;
  /** Path that was asked for (r->uri). */
  private path = "";

  constructor(server: ServerView, random: RandomSource) {
    this.server = server;
    this.random = random;
  }

  /** Made ready for a request. */
  begin(exchange: Exchange, connection: ClientConnection, path: string, query: string | null): void {
    this.exchange = exchange;
    this.connection = connection;
    this.path = path;
    this.filename = path;
    this.args = query;
    this.groups.rule = null;
    this.groups.condition = null;
  }

  get scheme(): "http" | "https" {
    return this.server.scheme;
  }

  get ownOrigin(): string {
    const { scheme } = this.server;
    const port = this.ownPort();
    return `${scheme}://${this.ownName()}${port === defaultPort(scheme) ? "" : `:${port}`}`;
  }

  isOwn(host: string, port: number): boolean {
    const { config, rewrite } = this.server;
    const lower = host.toLowerCase();
    if (config.addresses.includes(`${lower}:${port}`)) return true;
    return port === rewrite.ownPort && config.names.some((name) => name.toLowerCase() === lower);
  }

  fileAt(path: string): "file" | "directory" | "nothing" {
    const root = this.server.rewrite.documentRoot.replace(/\/+$/, "");
    if (!path.startsWith(root)) return "nothing";
    const rest = path.slice(root.length);
    if (rest === "" || rest === "/") return "directory";
    return Object.hasOwn(this.server.localFiles, rest) ? "file" : "nothing";
  }

  setVariable(name: string, value: string | null): void {
    this.exchange.extras ??= new RequestExtras();
    const { environment } = this.exchange.extras;
    if (value === null) environment.delete(name);
    else environment.set(name, value);
  }

  addCookie(text: string): void {
    const cookie = rewriteCookie(text);
    if (cookie === null) return;
    this.exchange.extras ??= new RequestExtras();
    this.exchange.extras.addCookie(cookie.name, cookie.line);
  }

  lookUp(name: string, key: string): string | null {
    const map = this.server.rewrite.maps[name];
    if (map === undefined) return null;
    if (map.kind === "function") return callMap(map.name, key);
    const value = Object.hasOwn(map.entries, key) ? (map.entries[key] as string) : null;
    if (value === null || !map.random) return value;
    const choices = value.split("|");
    return choices[Math.floor(this.random.next() * choices.length)] as string;
  }

  variable(name: string): string {
    const colon = name.indexOf(":");
    if (colon === 3 && /^env/i.test(name)) return this.exchange.env(name.slice(4)) ?? "";
    if (colon === 4 && /^http/i.test(name)) return this.header(name.slice(5)) ?? "";
    return VARIABLES[name.toUpperCase()]?.(this) ?? "";
  }

  // ------------------------------------------------------------ what the variables are made of

  get what(): ClientRequest {
    return this.exchange.what as ClientRequest;
  }
  get uri(): string {
    return this.path;
  }
  get remote(): string {
    return this.connection.remote;
  }
  get documentRoot(): string {
    return this.server.rewrite.documentRoot;
  }

  header(name: string): string | null {
    const { what } = this;
    const lower = name.toLowerCase();
    if (lower === "host") return what.host.text;
    if (lower === "cookie") return what.cookie?.text ?? null;
    if (lower === "upgrade" && what.upgrade !== null) return what.upgrade;
    if (lower === "connection") return what.upgrade !== null ? "Upgrade" : what.keepAlive ? "keep-alive" : "close";
    return what.headers.find((header) => header.name.toLowerCase() === lower)?.value ?? null;
  }

  /** ap_get_server_name_for_url. */
  ownName(): string {
    if (this.server.rewrite.canonicalName) return this.server.name;
    return this.what.host.text.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "") || this.server.name;
  }

  /** ap_get_server_port: the client's port before that of ServerName; the address of the virtual host does not count. */
  ownPort(): number {
    const { rewrite, scheme } = this.server;
    const given = rewrite.canonicalName ? undefined : /:(\d+)$/.exec(this.what.host.text)?.[1];
    if (given !== undefined) return Number(given);
    return rewrite.ownPort === 0 ? defaultPort(scheme) : rewrite.ownPort;
  }

  ownAddress(): string {
    const listen = this.server.listens[this.connection.listener] ?? "";
    return listen.replace(/:\d+$/, "");
  }
}

function defaultPort(scheme: string): number {
  return scheme === "https" ? 443 : 80;
}

/** httpd's own RewriteMap functions. */
function callMap(name: string, key: string): string {
  if (name === "toupper") return key.toUpperCase();
  if (name === "tolower") return key.toLowerCase();
  if (name === "escape") return escapeUri(key);
  return key.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const VARIABLES: Readonly<Record<string, (view: RequestView) => string | null>> = {
  HTTPS: (view) => (view.scheme === "https" ? "on" : "off"),
  REQUEST_SCHEME: (view) => view.scheme,
  REQUEST_METHOD: ({ what }) => what.method,
  REQUEST_URI: (view) => view.uri,
  REQUEST_FILENAME: (view) => view.filename,
  SCRIPT_FILENAME: (view) => view.filename,
  QUERY_STRING: (view) => view.args,
  THE_REQUEST: ({ what }) => `${what.method} ${what.target.text} HTTP/1.1`,
  DOCUMENT_ROOT: (view) => view.documentRoot,
  CONTEXT_DOCUMENT_ROOT: (view) => view.documentRoot,
  REMOTE_ADDR: (view) => view.remote,
  CONN_REMOTE_ADDR: (view) => view.remote,
  SERVER_NAME: (view) => view.ownName(),
  SERVER_PORT: (view) => String(view.ownPort()),
  SERVER_ADDR: (view) => view.ownAddress(),
  SERVER_PROTOCOL: () => "HTTP/1.1",
  SERVER_SOFTWARE: () => "Apache",
  SERVER_ADMIN: () => "[no address given]",
  IPV6: (view) => (view.remote.includes(":") ? "on" : "off"),
  IS_SUBREQ: () => "false",
  HTTP_HOST: ({ what }) => what.host.text,
  HTTP_COOKIE: ({ what }) => what.cookie?.text ?? null,
  HTTP_USER_AGENT: (view) => view.header("User-Agent"),
  HTTP_REFERER: (view) => view.header("Referer"),
  HTTP_ACCEPT: (view) => view.header("Accept"),
  HTTP_FORWARDED: (view) => view.header("Forwarded"),
  HTTP_PROXY_CONNECTION: (view) => view.header("Proxy-Connection"),
};
