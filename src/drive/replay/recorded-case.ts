/**
 * A recorded case: scripted backends and requests, neutral of the proxy, as golden/FORMAT.md defines them.
 * Everything optional is filled in here, so that the scripts need no defaults of their own.
 */

export type Mode = "ok" | "status" | "status-once" | "refuse" | "hang" | "slow" | "close" | "truncate" | "blackhole";

/** What a backend does with one request. */
export interface Behaviour {
  readonly mode: Mode;
  readonly status: number;
  readonly serviceUs: number;
  readonly stallUs: number;
  readonly bodyBytes: number;
  readonly setCookies: readonly string[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly times: number;
  readonly probesCount: boolean;
  readonly graceful: boolean;
  readonly atAccept: boolean;
  readonly reset: boolean;
}

export interface Phase extends Behaviour {
  readonly fromUs: number;
  readonly paths: readonly { readonly prefix: string; readonly behaviour: Behaviour }[];
  readonly probe: Behaviour | null;
}

export interface CaseBackend {
  readonly name: string;
  readonly host: string;
  /** Fixed port, where the address text matters (consistent hashes, cookie values); 0 = any. */
  readonly port: number;
  readonly keepalive: boolean;
  readonly phases: readonly Phase[];
}

export interface CaseRequest {
  readonly kind: "request" | "manager" | "fetch" | "raw";
  readonly atUs: number | null;
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly bodyBytes: number;
  readonly chunked: boolean;
  readonly cookies: "jar" | { readonly header: string } | null;
  readonly from: string;
  readonly keepalive: boolean;
  readonly upgrade: string | null;
  readonly holdUs: number;
  readonly abortUs: number | null;
  readonly patienceUs: number;
  readonly listener: number;
  readonly raw: string;
  readonly rawLater: readonly { readonly afterUs: number; readonly text: string }[];
}

export interface RecordedCase {
  readonly name: string;
  readonly proxy: string;
  readonly wait: "sequential" | "timed";
  readonly gapUs: number;
  readonly settleUs: number;
  readonly lingerUs: number;
  readonly modules: {
    readonly omit: readonly string[];
    readonly add: readonly string[];
    readonly only: readonly string[] | null;
  };
  readonly serverLimit: number;
  readonly files: Readonly<Record<string, string>>;
  readonly backends: readonly CaseBackend[];
  readonly requests: readonly CaseRequest[];
  readonly record: {
    readonly timing: boolean;
    readonly body: boolean;
    readonly url: boolean;
    readonly bytes: boolean;
    readonly headers: readonly string[];
    readonly backendHeaders: readonly string[];
  };
  readonly compareManager: boolean;
  readonly toleranceUs: number;
}

/** The case can't be read; the message says what and where. */
export class CaseError extends Error {
  override readonly name = "CaseError";
}

type Json = Record<string, unknown>;

/** @throws CaseError when the text is no case. */
export function readCase(text: string, file: string): RecordedCase {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw new CaseError(`${file}: not JSON: ${(error as Error).message}`);
  }
  if (json === null || typeof json !== "object" || Array.isArray(json))
    throw new CaseError(`${file}: a case is an object`);
  const field = new Fields(json, file, "");
  const modules = field.object("modules");
  const wait = field.text("wait", "sequential");
  if (wait !== "sequential" && wait !== "timed")
    throw new CaseError(`${file}: wait is "sequential" or "timed", not "${wait}"`);
  return {
    name: field.text("name", file),
    proxy: field.text("proxy", "apache"),
    wait,
    gapUs: field.millis("gap_ms", 12),
    settleUs: field.millis("settle_ms", 150),
    lingerUs: field.millis("linger_ms", 0),
    modules: {
      omit: modules.texts("omit"),
      add: modules.texts("add"),
      only: modules.has("only") ? modules.texts("only") : null,
    },
    serverLimit: field.number("server_limit", 1),
    files: readFiles(field.object("files")),
    backends: field.list("backends").map(readBackend),
    requests: field.list("requests").map(readRequest),
    record: {
      timing: field.flag("record_timing", false),
      body: field.flag("record_body", false),
      url: field.flag("record_url", false),
      bytes: field.flag("record_bytes", false),
      headers: field.texts("record_headers"),
      backendHeaders: field.texts("record_backend_headers"),
    },
    compareManager: field.flag("compare_manager", true),
    toleranceUs: field.millis("tolerance_ms", 150),
  };
}

function readFiles(files: Fields): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of files.keys()) {
    const value = files.raw(name);
    result[name] = Array.isArray(value) ? `${value.join("\n")}\n` : String(value);
  }
  return result;
}

function readBackend(field: Fields): CaseBackend {
  const phases = field.list("behaviour").map(readPhase);
  return {
    name: field.text("name", ""),
    host: field.text("host", "127.0.0.1"),
    port: field.number("port", 0),
    keepalive: field.flag("keepalive", true),
    phases: phases.length > 0 && (phases[0] as Phase).fromUs === 0 ? phases : [readPhase(field.empty()), ...phases],
  };
}

function readPhase(field: Fields): Phase {
  const paths = field.object("paths");
  return {
    ...readBehaviour([field]),
    fromUs: field.millis("from_ms", 0),
    paths: paths.keys().map((prefix) => ({ prefix, behaviour: readBehaviour([paths.object(prefix), field]) })),
    probe: field.has("probe") ? readBehaviour([field.object("probe"), field]) : null,
  };
}

/** The first of the layers that has a key decides it. */
function readBehaviour(layers: readonly Fields[]): Behaviour {
  const of = (key: string): Fields => layers.find((layer) => layer.has(key)) ?? (layers[0] as Fields);
  const mode = of("mode").text("mode", "ok") as Mode;
  const headers = of("headers").object("headers");
  return {
    mode,
    status: of("status").number("status", mode === "status" || mode === "status-once" ? 500 : 200),
    serviceUs: of("service_ms").millis("service_ms", mode === "slow" ? 1000 : 0),
    stallUs: of("stall_ms").millis("stall_ms", 0),
    bodyBytes: of("body_bytes").number("body_bytes", 64),
    setCookies: of("set_cookie").texts("set_cookie"),
    headers: headers.keys().map((name) => ({ name, value: headers.text(name, "") })),
    times: of("times").number("times", 1),
    probesCount: of("probes").flag("probes", false),
    graceful: of("graceful").flag("graceful", false),
    atAccept: of("at").text("at", "") === "accept",
    reset: of("reset").flag("reset", false),
  };
}

function readRequest(field: Fields): CaseRequest {
  const headers = field.object("headers");
  const cookies = field.raw("cookies");
  const to = field.text("to", "listen");
  return {
    kind: field.has("manager") ? "manager" : field.has("fetch") ? "fetch" : field.has("raw") ? "raw" : "request",
    atUs: field.has("at_ms") ? field.millis("at_ms", 0) : null,
    client: field.text("client", ""),
    method: field.text("method", "GET"),
    path: field.has("fetch") ? field.text("fetch", "/") : field.text("path", "/"),
    host: field.text("host", "lab.test"),
    headers: headers.keys().map((name) => ({ name, value: headers.text(name, "") })),
    bodyBytes: field.number("body_bytes", 0),
    chunked: field.flag("chunked", false),
    cookies: cookies === "jar" ? "jar" : cookieHeader(cookies),
    from: field.text("from", "127.0.0.1"),
    keepalive: field.flag("keepalive", false),
    upgrade: field.has("upgrade") ? field.text("upgrade", "websocket") : null,
    holdUs: field.millis("hold_ms", 0),
    abortUs: field.has("abort_ms") ? field.millis("abort_ms", 0) : null,
    patienceUs: field.millis("client_timeout_ms", 30_000),
    listener: to === "listen" ? 0 : Number(to.replace("listen", "")) - 1,
    raw: field.text("raw", ""),
    rawLater: field
      .list("raw_later")
      .map((later) => ({ afterUs: later.millis("after_ms", 0), text: later.text("text", "") })),
  };
}

function cookieHeader(cookies: unknown): { readonly header: string } | null {
  if (typeof cookies === "string") return { header: cookies };
  if (cookies === null || cookies === undefined || typeof cookies !== "object") return null;
  return {
    header: Object.entries(cookies)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join("; "),
  };
}

/** Typed access to the keys of one object, with the place of a mistake in the message. */
class Fields {
  private readonly json: Json;
  private readonly file: string;
  private readonly place: string;

  constructor(json: Json, file: string, place: string) {
    this.json = json;
    this.file = file;
    this.place = place;
  }

  empty(): Fields {
    return new Fields({}, this.file, this.place);
  }

  keys(): string[] {
    return Object.keys(this.json);
  }

  has(key: string): boolean {
    return this.json[key] !== undefined;
  }

  raw(key: string): unknown {
    return this.json[key];
  }

  text(key: string, otherwise: string): string {
    const value = this.json[key];
    if (value === undefined || value === null) return otherwise;
    if (typeof value !== "string" && typeof value !== "number") this.fail(key, "a text");
    return String(value);
  }

  number(key: string, otherwise: number): number {
    const value = this.json[key];
    if (value === undefined || value === null) return otherwise;
    if (typeof value !== "number" || !Number.isFinite(value)) this.fail(key, "a number");
    return value as number;
  }

  millis(key: string, otherwiseMs: number): number {
    return Math.round(this.number(key, otherwiseMs) * 1000);
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.json[key];
    return value === undefined || value === null ? otherwise : Boolean(value);
  }

  texts(key: string): readonly string[] {
    const value = this.json[key];
    if (value === undefined || value === null || value === false) return [];
    if (!Array.isArray(value)) this.fail(key, "a list");
    return (value as unknown[]).map(String);
  }

  object(key: string): Fields {
    const value = this.json[key];
    if (value === undefined || value === null) return new Fields({}, this.file, `${this.place}.${key}`);
    if (typeof value !== "object" || Array.isArray(value)) this.fail(key, "an object");
    return new Fields(value as Json, this.file, `${this.place}.${key}`);
  }

  list(key: string): Fields[] {
    const value = this.json[key];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) this.fail(key, "a list");
    return (value as unknown[]).map((entry, i) => {
      if (entry === null || typeof entry !== "object") this.fail(`${key}[${i}]`, "an object");
      return new Fields(entry as Json, this.file, `${this.place}.${key}[${i}]`);
    });
  }

  private fail(key: string, expected: string): never {
    throw new CaseError(`${this.file}: ${`${this.place}.${key}`.slice(1)} must be ${expected}`);
  }
}
