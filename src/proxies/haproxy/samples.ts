import { crc32 } from "../shared/crc32.ts";
import { djb2, sdbm, wt6 } from "../shared/string-hashes.ts";
import type { Backend } from "./backend.ts";
import type {
  AclTest,
  Condition,
  ConverterCall,
  FormatString,
  SampleExpression,
} from "./config/sample-expression.ts";
import type { Stream } from "./stream.ts";

/** A sample; null = the fetch found nothing. */
export type Sample = string | number | boolean | null;

/** Where samples about backends and servers come from. */
export interface SampleWorld {
  readonly backends: readonly Backend[];
  readonly processConnections: () => number;
}

/** Evaluates samples, conditions and log-format strings (HAProxy manual, chapter 7). */
export class Samples {
  private readonly world: SampleWorld;

  constructor(world: SampleWorld) {
    this.world = world;
  }

  holds(condition: Condition | null, stream: Stream): boolean {
    if (condition === null) return true;
    const isTrue = condition.alternatives.some((terms) =>
      terms.every(({ negated, tests }) => tests.some((test) => this.matches(test, stream)) !== negated),
    );
    return isTrue !== condition.unless;
  }

  format(parts: FormatString, stream: Stream): string {
    return parts
      .map((part) =>
        part.kind === "text"
          ? part.text
          : part.kind === "sample"
            ? textOf(this.value(part.sample, stream))
            : this.logVariable(part.name, stream),
      )
      .join("");
  }

  value({ fetch, args, converters }: SampleExpression, stream: Stream): Sample {
    let sample = this.fetch(fetch, args, stream);
    for (const converter of converters) {
      if (sample === null) return null;
      sample = converted(sample, converter);
    }
    return sample;
  }

  private matches({ sample, match, ignoreCase, patterns }: AclTest, stream: Stream): boolean {
    const values = this.values(sample, stream);
    if (match === "found") return values.length > 0;
    return values.some((value) => {
      if (match === "bool") return patterns.length === 0 ? isTrue(value) : patterns.some(({ text }) => (text === "1" || text === "true") === isTrue(value));
      if (patterns.length === 0) return isTrue(value);
      return patterns.some((pattern) => fits(value, match, ignoreCase, pattern));
    });
  }

  /** All values of a fetch that can have several, such as the headers of one name. */
  private values(sample: SampleExpression, stream: Stream): readonly Exclude<Sample, null>[] {
    const { fetch, args, converters } = sample;
    const isList = fetch === "req.hdr" || fetch === "res.hdr" || fetch === "req.fhdr" || fetch === "res.fhdr";
    if (!isList || args.length > 1) {
      const one = this.value(sample, stream);
      return one === null ? [] : [one];
    }
    const name = (args[0] ?? "").toLowerCase();
    const lines = fetch.startsWith("req") ? stream.requestHeaders(name) : stream.responseHeaders(name);
    const all = fetch.endsWith(".hdr") ? lines.flatMap((line) => line.split(",").map((part) => part.trim())) : lines;
    return all.flatMap((text) => {
      const value = converters.reduce<Sample>((each, converter) => (each === null ? null : converted(each, converter)), text);
      return value === null ? [] : [value];
    });
  }

  private fetch(name: string, args: readonly string[], stream: Stream): Sample {
    const [arg = "", second] = args;
    const target = stream.target.text;
    const question = target.indexOf("?");
    const path = question < 0 ? target : target.slice(0, question);
    switch (name) {
      case "src":
        return stream.source;
      case "dst_port":
        return stream.connection.listener.bind.port;
      case "path":
      case "base":
        return name === "path" ? path : `${stream.host.text}${path}`;
      case "pathq":
      case "url":
        return target;
      case "query":
        return question < 0 ? "" : target.slice(question + 1);
      case "method":
        return stream.method;
      case "url_param":
        return parameter(question < 0 ? "" : target.slice(question + 1), arg);
      case "req.hdr":
      case "res.hdr": {
        const lines = name === "req.hdr" ? stream.requestHeaders(arg.toLowerCase()) : stream.responseHeaders(arg.toLowerCase());
        const all = lines.flatMap((line) => line.split(",").map((part) => part.trim()));
        return nth(all, second);
      }
      case "req.fhdr":
      case "res.fhdr":
        return nth(name === "req.fhdr" ? stream.requestHeaders(arg.toLowerCase()) : stream.responseHeaders(arg.toLowerCase()), second);
      case "req.hdr_cnt":
      case "req.fhdr_cnt":
        return stream.requestHeaders(arg.toLowerCase()).flatMap((line) => (name === "req.hdr_cnt" ? line.split(",") : [line])).length;
      case "req.cook":
        return cookieOf(stream.cookie?.text ?? "", arg);
      case "res.cook":
        return setCookieOf(stream, arg);
      case "status":
        return stream.head?.status ?? null;
      case "always_true":
      case "always_false":
        return name === "always_true";
      case "str":
        return arg;
      case "int":
        return Number(arg);
      case "bool":
        return arg === "true" || arg === "1";
      case "var":
        return stream.vars.get(arg) ?? null;
      case "ssl_fc":
        return stream.connection.listener.bind.ssl;
      case "fe_name":
        return stream.frontend.config.name;
      case "be_name":
        return stream.backend?.config.name ?? null;
      default:
        return this.fetchOfWorld(name, arg, stream);
    }
  }

  private fetchOfWorld(name: string, arg: string, stream: Stream): Sample {
    const [backendName, serverName] = arg.includes("/") ? arg.split("/") : [arg, undefined];
    const backend =
      arg === "" ? stream.backend : this.world.backends.find(({ config }) => config.name === backendName);
    const server = serverName === undefined ? undefined : backend?.servers.find(({ config }) => config.name === serverName);
    switch (name) {
      case "nbsrv":
        return backend == null ? 0 : backend.active > 0 ? backend.active : backend.backups;
      case "be_conn":
        return backend?.connections ?? 0;
      case "queue":
        return backend == null
          ? 0
          : backend.queue.length + backend.servers.reduce((sum, { queue }) => sum + queue.length, 0);
      case "fe_conn":
        return stream.frontend.connections;
      case "srv_is_up":
        return server?.isUp ?? false;
      case "srv_conn":
        return server?.served ?? 0;
      case "srv_queue":
        return server?.queue.length ?? 0;
      default:
        return null;
    }
  }

  private logVariable(name: string, stream: Stream): string {
    const known: Readonly<Record<string, string>> = {
      ci: stream.source,
      f: stream.frontend.config.name,
      b: stream.backend?.config.name ?? "",
      s: stream.server?.config.name ?? "<NOSRV>",
      HM: stream.method,
      HU: stream.target.text,
      HP: stream.target.text.split("?")[0] ?? "",
      ST: String(stream.head?.status ?? 0),
      fp: String(stream.connection.listener.bind.port),
      ts: stream.termination.slice(0, 2),
    };
    return known[name] ?? "";
  }
}

export function textOf(sample: Sample): string {
  return sample === null ? "" : typeof sample === "boolean" ? (sample ? "1" : "0") : String(sample);
}

function isTrue(sample: Exclude<Sample, null>): boolean {
  return typeof sample === "boolean" ? sample : typeof sample === "number" ? sample !== 0 : sample !== "" && sample !== "0";
}

/** IPv4 address as a number; null for anything else. */
export function ipv4Number(address: string): number | null {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  return parts === null ? null : parts.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
}

function fits(
  value: Exclude<Sample, null>,
  match: AclTest["match"],
  ignoreCase: boolean,
  { text: pattern, range, network }: AclTest["patterns"][number],
): boolean {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const text = fold(textOf(value));
  const wanted = fold(pattern);
  switch (match) {
    case "int":
    case "len": {
      const number = match === "len" ? text.length : Number(textOf(value));
      return range !== null && number >= (range.min ?? Number.NEGATIVE_INFINITY) && number <= (range.max ?? Number.POSITIVE_INFINITY);
    }
    case "ip": {
      const address = ipv4Number(text);
      if (network === null || address === null) return text === wanted;
      return ((address & network.mask) >>> 0) === ((network.address & network.mask) >>> 0);
    }
    case "beg":
      return text.startsWith(wanted);
    case "end":
      return text.endsWith(wanted);
    case "sub":
      return text.includes(wanted);
    case "dir":
      return `/${text.split("?")[0]}/`.includes(`/${wanted.replace(/^\/|\/$/g, "")}/`);
    case "dom":
      return `.${text.replace(/[/?:].*$/, "")}.`.includes(`.${wanted.replace(/^\.|\.$/g, "")}.`);
    case "reg":
      return new RegExp(pattern, ignoreCase ? "i" : "").test(textOf(value));
    default:
      return text === wanted;
  }
}

function nth(values: readonly string[], occurrence: string | undefined): string | null {
  const number = occurrence === undefined || occurrence === "" ? -1 : Number(occurrence);
  return (number < 0 ? values[values.length + number] : values[Math.max(0, number - 1)]) ?? null;
}

/** The first parameter of that name, exactly; null when it is absent. */
export function parameter(query: string, name: string): string | null {
  for (const part of query.split("&")) {
    const equals = part.indexOf("=");
    if ((equals < 0 ? part : part.slice(0, equals)) === name) return equals < 0 ? "" : part.slice(equals + 1);
  }
  return null;
}

function cookieOf(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

function setCookieOf(stream: Stream, name: string): string | null {
  for (const { text } of stream.head?.setCookies ?? []) {
    const [pair = ""] = text.split(";");
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

function converted(sample: Exclude<Sample, null>, { name, args }: ConverterCall): Sample {
  const text = textOf(sample);
  const number = Number(text);
  const [first = "", second = ""] = args;
  switch (name) {
    case "lower":
      return text.toLowerCase();
    case "upper":
      return text.toUpperCase();
    case "length":
      return text.length;
    case "field":
    case "word": {
      const parts = text.split(new RegExp(`[${second.replace(/[\\\]^-]/g, "\\$&")}]`));
      const wanted = name === "word" ? parts.filter((part) => part !== "") : parts;
      const at = Number(first);
      return wanted[at > 0 ? at - 1 : wanted.length + at] ?? (name === "field" ? "" : null);
    }
    case "regsub":
      return text.replace(new RegExp(first, args[2]?.includes("g") === true ? "g" : ""), second.replace(/\\(\d)/g, "$$$1"));
    case "bytes":
      return text.slice(Number(first), second === "" ? undefined : Number(first) + Number(second));
    case "url_dec":
      return safeDecode(text);
    case "crc32":
      return crc32(text);
    case "sdbm":
      return sdbm(text);
    case "djb2":
      return djb2(text);
    case "wt6":
      return wt6(text);
    case "add":
      return number + Number(first);
    case "sub":
      return number - Number(first);
    case "mul":
      return number * Number(first);
    case "mod":
      return Number(first) === 0 ? null : number % Number(first);
    case "not":
      return !isTrue(sample);
    case "bool":
      return number !== 0;
    default:
      return sample;
  }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
