import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { ClientConnection } from "../client-connection.ts";
import type { ServerConfig } from "../config/apache-config.ts";
import type { RewriteConfig } from "../config/rewrite-config.ts";
import type { Exchange } from "../exchange.ts";
import type { ExpressionContext } from "../expression.ts";
import { RequestExtras } from "../request-extras.ts";
import { clientHeader, expressionsOf, ownOrigin, schemeOf, serverVariable } from "../server-variables.ts";
import type { BackReferences } from "./expansion.ts";
import { rewriteCookie } from "./rewrite-cookie.ts";
import type { RewriteRequest } from "./rewrite-engine.ts";
import { escapeUri } from "./target-url.ts";

/** The server as a request finds it. */
export interface ServerView {
  readonly config: ServerConfig;
  readonly rewrite: RewriteConfig;
  /** Addresses of the machine's listeners. */
  readonly listens: readonly string[];
  /** Files that the server has, by URL path. */
  readonly localFiles: Readonly<Record<string, string>>;
}

/** A request as rules see it: httpd's variables out of what lbsim knows of it (lookup_variable of mod_rewrite.c, 2.4.x). */
export class RequestView implements RewriteRequest {
  filename = "";
  directory: string | null = null;
  args: string | null = null;
  readonly groups: BackReferences = { rule: null, condition: null };
  readonly expressions: ExpressionContext = {
    variable: (name) => this.variable(name),
    call: (name, argument) => expressionsOf(this.exchange).call(name, argument),
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
  begin(
    exchange: Exchange,
    connection: ClientConnection,
    path: string,
    query: string | null,
    filename = path,
    directory: string | null = null,
  ): void {
    this.directory = directory;
    this.exchange = exchange;
    this.connection = connection;
    this.path = path;
    this.filename = filename;
    this.args = query;
    this.groups.rule = null;
    this.groups.condition = null;
  }

  get scheme(): "http" | "https" {
    return schemeOf(this.exchange);
  }

  get ownOrigin(): string {
    return ownOrigin(this.exchange);
  }

  isOwn(host: string, port: number): boolean {
    const { config } = this.server;
    const lower = host.toLowerCase();
    if (config.addresses.includes(`${lower}:${port}`)) return true;
    return port === config.ownPort && config.names.some((name) => name.toLowerCase() === lower);
  }

  fileAt(path: string): "file" | "directory" | "nothing" {
    const root = this.server.config.documentRoot.replace(/\/+$/, "");
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
    if (colon === 4 && /^http/i.test(name)) return clientHeader(this.exchange, name.slice(5)) ?? "";
    switch (name.toUpperCase()) {
      case "REQUEST_URI":
        return this.path;
      case "REQUEST_FILENAME":
      case "SCRIPT_FILENAME":
        return this.filename;
      case "QUERY_STRING":
        return this.args ?? "";
      case "SERVER_ADDR":
        return (this.server.listens[this.connection.listener] ?? "").replace(/:\d+$/, "");
      default:
        return serverVariable(this.exchange, name) ?? "";
    }
  }
}

/** httpd's own RewriteMap functions. */
function callMap(name: string, key: string): string {
  if (name === "toupper") return key.toUpperCase();
  if (name === "tolower") return key.toLowerCase();
  if (name === "escape") return escapeUri(key);
  return key.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
