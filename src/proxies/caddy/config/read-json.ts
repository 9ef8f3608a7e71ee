import type { PassedOver, Position } from "../../../contract/problem.ts";
import type { ReadHost, Reading } from "../../../contract/proxy-family.ts";
import type { CaddyConfig, Handler, ReverseProxyConfig, Route, ServerConfig } from "./caddy-config.ts";
import { replaceEnvPlaceholders } from "./environment.ts";
import { matchersOf } from "./json-matchers.ts";
import { jsonProxy } from "./json-proxy.ts";
import { type Json, listOf, microseconds, numberOf, objectOf, textOf, textsOf } from "./json-values.ts";
import { checked } from "./read-caddyfile.ts";
import { DEFAULT_IDLE_TIMEOUT_US } from "./read-sites.ts";

/** Reads Caddy's own JSON: the servers of the http app with their routes (https://caddyserver.com/docs/json, 2.6.2). */
export function readCaddyJson(file: string, text: string, host: ReadHost): Reading<CaddyConfig> {
  let json: Json;
  try {
    json = JSON.parse(replaceEnvPlaceholders(text, host.env)) as Json;
  } catch (error) {
    const position: Position = { file, line: 1, column: 1, length: 0 };
    const refusal = {
      text: `Error: decoding config: ${(error as Error).message}`,
      at: "syntax" as const,
      position,
      hint: null,
    };
    return { config: null, refusal, programWarnings: [], problems: [], passedOver: [] };
  }
  const reader = new JsonReader(file, text);
  const http = objectOf(objectOf(objectOf(json).apps).http);
  const servers = Object.values(objectOf(http.servers)).map((server) => reader.server(objectOf(server)));
  const names = [...new Set(reader.names)];
  return checked({ file, servers, proxies: reader.proxies, names }, reader.passedOver);
}

class JsonReader {
  readonly proxies: ReverseProxyConfig[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly names: string[] = [];
  private readonly file: string;
  private readonly lines: readonly string[];
  private handlers = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.lines = text.split("\n");
  }

  server(server: Record<string, Json>): ServerConfig {
    return {
      listens: textsOf(server.listen),
      routes: this.routes(server.routes, ""),
      idleTimeoutUs: microseconds(server.idle_timeout) || DEFAULT_IDLE_TIMEOUT_US,
      readHeaderTimeoutUs: microseconds(server.read_header_timeout),
    };
  }

  routes(list: Json | undefined, path: string): readonly Route[] {
    return listOf(list).map((each) => {
      const route = objectOf(each);
      const match = listOf(route.match).map((set) => matchersOf(objectOf(set)));
      for (const matcher of match.flat()) if (matcher.kind === "host") this.names.push(...matcher.hosts);
      const paths = match.flat().find((matcher) => matcher.kind === "path");
      const own = paths?.kind === "path" ? (paths.patterns[0] ?? path) : path;
      return {
        match,
        group: textOf(route.group),
        terminal: route.terminal === true,
        handlers: listOf(route.handle).flatMap((handler) => this.handler(objectOf(handler), own)),
      };
    });
  }

  private handler(handler: Record<string, Json>, path: string): readonly Handler[] {
    const position = this.positionOf(textOf(handler.handler));
    switch (handler.handler) {
      case "subroute":
        return [{ kind: "subroute", routes: this.routes(handler.routes, path) }];
      case "reverse_proxy":
        this.proxies.push(jsonProxy(handler, this.freeName(path || "reverse_proxy"), position));
        return [{ kind: "proxy", proxy: this.proxies.length - 1 }];
      case "static_response":
        return [
          handler.abort === true
            ? { kind: "abort" }
            : {
                kind: "respond",
                status: numberOf(handler.status_code) || 200,
                body: textOf(handler.body),
                location: null,
              },
        ];
      case "rewrite":
        if (textOf(handler.strip_path_prefix) !== "")
          return [{ kind: "strip-prefix", prefix: textOf(handler.strip_path_prefix) }];
        return textOf(handler.uri) === "" ? [] : [{ kind: "rewrite", uri: textOf(handler.uri) }];
      default:
        this.passedOver.push({ kind: "unmodelled", directive: textOf(handler.handler), position });
        return [];
    }
  }

  private freeName(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.proxies.some((proxy) => proxy.name === name); n++) name = `${wanted}#${n}`;
    return name;
  }

  /** The n-th handler in the file is the n-th that is read: both go in the order of the text. */
  private positionOf(name: string): Position {
    const at = this.lines.flatMap((line, i) => (/"handler"\s*:/.test(line) ? [i] : []));
    const line = at[this.handlers++] ?? 0;
    const column = Math.max(1, (this.lines[line] ?? "").indexOf('"handler"') + 1);
    return { file: this.file, line: line + 1, column, length: name.length };
  }
}
