import type { Header } from "../../../contract/http-message.ts";
import { fullHash } from "../../shared/full-hash.ts";
import { sdbm } from "../../shared/sdbm.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import type { SampleExpression } from "../config/sample-expression.ts";
import { cookieHeaderOf, setCookieOf } from "../cookie-header.ts";
import type { Stream } from "../stream.ts";
import { convert } from "./convert.ts";
import { Address, type SampleValue, sampleAddress, sampleBytes, sampleNumber } from "./sample-value.ts";
import { parameterValues, pathOf, queryOf } from "./url-parts.ts";

/** What samples ask about the rest of the proxy. */
export interface ProxyFigures {
  /** Usable servers of a backend by name; "" = the stream's own. */
  usableServers(stream: Stream, backend: string): number;
  serverIsUp(stream: Stream, name: string): boolean;
  serverConnections(stream: Stream, name: string): number;
  backendConnections(stream: Stream, backend: string): number;
  frontendConnections(stream: Stream, frontend: string): number;
  queued(stream: Stream, backend: string): number;
  random(): number;
}

/** A sample with several values (each of a list in headers) gives all of them: an acl is true when one matches. */
export function sampleValues(expression: SampleExpression, stream: Stream, figures: ProxyFigures): SampleValue[] {
  let values = fetchValues(expression, stream, figures);
  for (const call of expression.converters) values = values.map((value) => convert(value, call));
  return values.filter((value) => value !== null);
}

/** The value for a rule or a key: of several headers or cookies the last one, of parameters the first (manual 7.3.6). */
export function sampleValue(expression: SampleExpression, stream: Stream, figures: ProxyFigures): SampleValue {
  const values = fetchValues(expression, stream, figures);
  const isFirst = expression.fetch === "url_param" || expression.args.length === 0;
  let value: SampleValue = values.at(isFirst ? 0 : -1) ?? null;
  for (const call of expression.converters) value = convert(value, call);
  return value;
}

function fetchValues({ fetch, args }: SampleExpression, stream: Stream, figures: ProxyFigures): SampleValue[] {
  const known = REQUEST[fetch] ?? CONNECTION[fetch] ?? RESPONSE[fetch];
  if (known !== undefined) return known(stream, args);
  const [name = ""] = args;
  switch (fetch) {
    case "nbsrv":
      return [figures.usableServers(stream, name)];
    case "srv_is_up":
      return [figures.serverIsUp(stream, name)];
    case "srv_conn":
      return [figures.serverConnections(stream, name)];
    case "be_conn":
      return [figures.backendConnections(stream, name)];
    case "fe_conn":
      return [figures.frontendConnections(stream, name)];
    case "queue":
      return [figures.queued(stream, name)];
    case "rand":
      return [Math.floor(figures.random() * (args[0] === undefined ? 4294967296 : Number(args[0])))];
    default:
      return [];
  }
}

const OF_THE_PROXY = ["nbsrv", "srv_is_up", "srv_conn", "be_conn", "fe_conn", "queue", "rand"];

/** Whether a fetch has a value here; any other has none, as one that finds nothing in life. */
export function isFetched(name: string): boolean {
  return name in REQUEST || name in CONNECTION || name in RESPONSE || OF_THE_PROXY.includes(name);
}

type Fetch = (stream: Stream, args: readonly string[]) => SampleValue[];

const REQUEST: Readonly<Record<string, Fetch>> = {
  method: ({ method }) => [method],
  path: ({ target }) => [pathOf(target.text)],
  pathq: ({ target }) => [target.text.replace(/^[a-z]+:\/\/[^/]*/i, "")],
  url: ({ target }) => [target.text],
  query: ({ target }) => optional(queryOf(target.text)),
  base: ({ host, target }) => [host.text + pathOf(target.text)],
  baseq: ({ host, target }) => [host.text + target.text],
  base32: (stream) => [hashOf(stream.host.text + pathOf(stream.target.text))],
  "base32+src": (stream) => [withSource(stream, hashOf(stream.host.text + pathOf(stream.target.text)))],
  url32: (stream) => [hashOf(stream.host.text + stream.target.text)],
  "url32+src": (stream) => [withSource(stream, hashOf(stream.host.text + stream.target.text))],
  url_param: ({ target }, [name, delimiter]) => [...parameterValues(target.text, name, delimiter)],
  urlp_val: ({ target }, [name, delimiter]) => parameterValues(target.text, name, delimiter).map(leadingNumber),
  "req.ver": () => ["1.1"],
  "req.hdr_names": (stream, [delimiter]) => [requestNames(stream).join(delimiter ?? ",")],
  "req.hdrs": (stream) => [allLines(stream)],
  "req.hdr": (stream, args) => occurrence(listOf(requestLines(stream, args[0] ?? "")), args[1]),
  "req.fhdr": (stream, args) => occurrence(requestLines(stream, args[0] ?? ""), args[1]),
  "req.hdr_cnt": (stream, [name]) => [listOf(requestLines(stream, name ?? "")).length],
  "req.fhdr_cnt": (stream, [name]) => [requestLines(stream, name ?? "").length],
  "req.hdr_val": (stream, args) => occurrence(listOf(requestLines(stream, args[0] ?? "")), args[1]).map(leadingNumber),
  "req.hdr_ip": (stream, args) => occurrence(listOf(requestLines(stream, args[0] ?? "")), args[1]).map(sampleAddress),
  "req.cook": (stream, [name]) => requestCookies(stream, name),
  "req.cook_val": (stream, [name]) => requestCookies(stream, name).map(leadingNumber),
  "req.cook_cnt": (stream, [name]) => [requestCookies(stream, name).length],
  "req.body_size": ({ what }) => [what.bodyBytes],
  "req.body_len": ({ what }) => [what.bodyBytes],
};

const CONNECTION: Readonly<Record<string, Fetch>> = {
  src: ({ source }) => [new Address(source)],
  // Clients on the loopback net or on an address of the proxy; lbsim knows of the first only.
  src_is_local: ({ source }) => [source.startsWith("127.") || source === "::1"],
  // The port is whatever the client's system took: lbsim takes one for all.
  src_port: () => [CLIENT_PORT],
  dst_port: ({ connection }) => [connection.bind.config.port],
  dst: ({ connection }) => [sampleAddress(connection.bind.config.host)],
  ssl_fc: ({ connection }) => [connection.bind.config.ssl],
  fe_name: ({ frontend }) => [frontend.name],
  be_name: ({ backend }) => optional(backend?.config.name ?? null),
  so_name: ({ connection }) => optional(connection.bind.config.name),
  http_first_req: ({ connection }) => [connection.requests === 1],
  always_true: () => [true],
  always_false: () => [false],
  "req.proto_http": () => [true],
  wait_end: () => [true],
  str: (_, [text]) => [text ?? ""],
  int: (_, [text]) => [Number(text)],
  bool: (_, [text]) => [text === "1" || text === "true"],
  ipv4: (_, [text]) => [sampleAddress(text ?? "")],
  var: ({ variables }, [name]) => [variables.get(name ?? "") ?? null],
};

const RESPONSE: Readonly<Record<string, Fetch>> = {
  status: ({ response }) => [response?.status ?? null],
  "res.ver": () => ["1.1"],
  "res.hdr": (stream, args) => occurrence(listOf(responseLines(stream, args[0] ?? "")), args[1]),
  "res.fhdr": (stream, args) => occurrence(responseLines(stream, args[0] ?? ""), args[1]),
  "res.hdr_cnt": (stream, [name]) => [listOf(responseLines(stream, name ?? "")).length],
  "res.cook": (stream, [name]) => responseCookies(stream, name),
  "res.cook_cnt": (stream, [name]) => [responseCookies(stream, name).length],
  srv_name: ({ server }) => optional(server?.config.name ?? null),
  srv_id: ({ server }) => [server?.config.id ?? null],
};

/** First port that Linux takes for outgoing connections. */
const CLIENT_PORT = 32768;

function leadingNumber(value: SampleValue): number {
  return sampleNumber(value) ?? 0;
}

/** What `base32` and `url32` make of their text (src/http_fetch.c): sdbm with the avalanche. */
function hashOf(text: string): number {
  return fullHash(sdbm(utf8Bytes(text)));
}

function withSource({ source }: Stream, hash: number): Uint8Array {
  const address = sampleBytes(new Address(source));
  return Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash, ...address);
}

function optional(value: string | null): SampleValue[] {
  return value === null ? [] : [value];
}

/** Lines of a request header in order. */
export function requestLines({ headers, host, what }: Stream, name: string): string[] {
  const wanted = name.toLowerCase();
  if (wanted === "host") return [host.text];
  if (wanted === "cookie") return what.cookie === null ? [] : [what.cookie.text];
  if (wanted === "content-length") return what.bodyBytes > 0 && !what.chunked ? [String(what.bodyBytes)] : [];
  if (wanted === "transfer-encoding") return what.chunked ? ["chunked"] : [];
  if (wanted === "upgrade") return what.upgrade === null ? [] : [what.upgrade];
  if (wanted === "connection") return [what.upgrade === null ? (what.keepAlive ? "keep-alive" : "close") : "Upgrade"];
  return linesOf(headers, wanted);
}

/** Names in the order in which they travel: lbsim keeps Host first and Cookie behind the others. */
function requestNames({ headers, what }: Stream): string[] {
  const names = ["host", ...headers.map(({ name }) => name.toLowerCase())];
  if (what.cookie !== null) names.push("cookie");
  return [...names, "connection"];
}

function allLines(stream: Stream): string {
  return [...new Set(requestNames(stream))]
    .flatMap((name) => requestLines(stream, name).map((value) => `${name}: ${value}\r\n`))
    .join("");
}

function responseLines({ response }: Stream, name: string): string[] {
  if (response === null) return [];
  const wanted = name.toLowerCase();
  if (wanted === "set-cookie") return response.setCookies.map(({ text }) => text);
  if (wanted === "location") return response.location === null ? [] : [response.location.text];
  return linesOf(response.headers, wanted);
}

function linesOf(headers: readonly Header[], wanted: string): string[] {
  return headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
}

function listOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(",")).map((value) => value.trim());
}

/** Counted from 1, from the end when negative; 0 or none = all. */
function occurrence(values: readonly string[], wanted: string | undefined): SampleValue[] {
  const n = wanted === undefined ? 0 : Number(wanted);
  if (n === 0) return [...values];
  const value = values[n > 0 ? n - 1 : values.length + n];
  return value === undefined ? [] : [value];
}

/** An empty value at the very end of the header is not seen (src/http.c, http_extract_cookie_value, 2.6.12). */
function requestCookies({ what }: Stream, name: string | undefined): SampleValue[] {
  if (what.cookie === null) return [];
  const { pairs } = cookieHeaderOf(what.cookie);
  return pairs
    .filter((pair, i) => pair.isPair && !(i === pairs.length - 1 && pair.value === ""))
    .filter((pair) => name === undefined || name === "" || pair.name === name)
    .map(({ value }) => value);
}

function responseCookies({ response }: Stream, name: string | undefined): SampleValue[] {
  return (response?.setCookies ?? [])
    .flatMap((line) => setCookieOf(line) ?? [])
    .filter((cookie) => name === undefined || cookie.name === name)
    .map(({ value }) => value);
}
